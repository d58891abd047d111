import { useMemo } from 'react';
import type { PolicyDocument } from '../../policy/policy-document.ts';
import { PolicyInForce } from '../api/operations.gen.ts';
import { useAsk } from '../api/queries.ts';
import type { Draft } from './draft.ts';
import { type Foresight, foresee, type InForce } from './foresight.ts';
import type { Preview } from './preview.ts';

/** What the policy in force will ask; undefined while it is not known. */
export function useForesight(
  { team, days }: Draft,
  preview: Preview,
  inForce: InForce | undefined,
): Foresight | undefined {
  const policy = useAsk(PolicyInForce, {}).data?.policy.document as PolicyDocument | undefined;
  return useMemo(() => {
    if (policy === undefined || !preview.ok) return undefined;
    const { resolution } = preview;
    return foresee(policy, team, resolution.spec, resolution, days, inForce);
  }, [policy, preview, team, days, inForce]);
}
