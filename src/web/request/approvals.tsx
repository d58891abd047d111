import { Icon } from '../ui/icon.tsx';
import { agreementOf } from './agreement.ts';
import type { Foresight } from './foresight.ts';

/** Who will have to approve, in words. */
export function Approvals({ foresight }: { readonly foresight: Foresight | undefined }) {
  if (foresight === undefined) return null;
  if (foresight.kind === 'automatic') {
    return (
      <p className="preview-approvals">
        <Icon name="check" size={16} />
        It grants nothing beyond what is in force, so it is approved by itself.
      </p>
    );
  }
  if (foresight.kind === 'refused') {
    return (
      <p className="preview-approvals">
        <Icon name="cross" size={16} />
        <span>Nobody can approve this: {foresight.why}.</span>
      </p>
    );
  }
  const { demands, longestLifeDays } = foresight;
  return (
    <>
      <p className="preview-approvals">
        <Icon name="people" size={16} />
        <span>{agreementOf(demands)}, never you yourself.</span>
      </p>
      {longestLifeDays === null ? null : (
        <p className="preview-approvals">
          <Icon name="clock" size={16} />
          <span>It may hold for {longestLifeDays} days at the most.</span>
        </p>
      )}
    </>
  );
}
