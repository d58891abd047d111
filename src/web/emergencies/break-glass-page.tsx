import { getRouteApi, Link } from '@tanstack/react-router';
import { emergencyLimit } from '../../policy/emergency-limit.ts';
import type { PolicyDocument } from '../../policy/policy-document.ts';
import { PolicyInForce, ProfileForRequest } from '../api/operations.gen.ts';
import { useAsk } from '../api/queries.ts';
import { specOf } from '../api/spec-words.ts';
import { decides, useViewer } from '../api/viewer.ts';
import { EMPTY_DRAFT } from '../request/draft.ts';
import { Problem } from '../ui/notice.tsx';
import { Empty, Page, Waiting } from '../ui/page.tsx';
import { BreakGlassForm } from './break-glass-form.tsx';

const route = getRouteApi('/profiles/$team/$name/emergency');

/** Gives one person what they need at once, without reviews: for whom the policy names. */
export function BreakGlassPage() {
  const { team, name } = route.useParams();
  const viewer = useViewer();
  const policy = useAsk(PolicyInForce, {});
  const asked = useAsk(ProfileForRequest, { team, name });
  const document = policy.data?.policy.document as PolicyDocument | undefined;
  const limit = document === undefined ? undefined : emergencyLimit(document, viewer.member.login);
  const failed = policy.data === undefined ? policy : asked;
  const why = decides(viewer) ? (limit?.kind === 'refused' ? limit.why : undefined) : 'only approvers may do this';
  return (
    <Page
      wide
      title="Emergency"
      windowTitle={`Emergency: ${team}/${name}`}
      lead={
        <>
          Gives one person more of{' '}
          <Link to="/profiles/$team/$name" params={{ team, name }}>
            {team}/{name}
          </Link>{' '}
          for some hours, without reviews. It is shown to everybody, and another approver looks at it afterwards.
        </>
      }
    >
      {failed.isError && failed.data === undefined ? (
        <Problem error={failed.error} retry={() => void failed.refetch()} />
      ) : null}
      {failed.data === undefined && !failed.isError ? <Waiting lines={8} /> : null}
      {why === undefined ? null : (
        <Empty title="You may not do this">
          <p>
            For {why}.{' '}
            <Link to="/request" search={{ for: `${team}/${name}` }}>
              Request it
            </Link>
            .
          </p>
        </Empty>
      )}
      {why === undefined && asked.data !== undefined && document !== undefined && limit?.kind === 'allowed' ? (
        <BreakGlassForm
          team={team}
          name={name}
          policy={document}
          maxHours={limit.maxHours}
          start={asked.data.profile?.approved == null ? EMPTY_DRAFT.spec : specOf(asked.data.profile.approved.spec)}
          known={asked.data.profile?.approved != null}
        />
      ) : null}
    </Page>
  );
}
