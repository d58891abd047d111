import { Button } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { emergencyLimit } from '../../policy/emergency-limit.ts';
import type { PolicyDocument } from '../../policy/policy-document.ts';
import { PolicyInForce } from '../api/operations.gen.ts';
import { useAsk } from '../api/queries.ts';
import { decides, useViewer } from '../api/viewer.ts';
import { Icon } from '../ui/icon.tsx';

/** Leads to breaking the glass those whom the policy names; nobody else sees it. */
export function EmergencyButton({ team, name }: { readonly team: string; readonly name: string }) {
  const viewer = useViewer();
  const navigate = useNavigate();
  const policy = useAsk(PolicyInForce, {}, { enabled: decides(viewer) }).data?.policy.document;
  if (policy === undefined || !decides(viewer)) return null;
  if (emergencyLimit(policy as PolicyDocument, viewer.member.login).kind === 'refused') return null;
  return (
    <Button
      variant="outline"
      color="red"
      leftSection={<Icon name="bolt" size={16} />}
      onClick={() => void navigate({ to: '/profiles/$team/$name/emergency', params: { team, name } })}
    >
      Emergency
    </Button>
  );
}
