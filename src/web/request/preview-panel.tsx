import { Button } from '@mantine/core';
import type { OperationAnswer } from '../../engine/operations/answer.ts';
import type { Resolution } from '../../engine/resolution.ts';
import type { Spec } from '../../engine/spec.ts';
import { Capabilities, shortName } from '../ui/capability.tsx';
import { Contributions } from '../ui/contributions.tsx';
import { Decisions } from '../ui/decisions.tsx';
import { Notice } from '../ui/notice.tsx';
import { Operations, type ShownOperation } from '../ui/operations.tsx';
import { TIER_MEANS, Tier } from '../ui/tier.tsx';
import { Approvals } from './approvals.tsx';
import { couldOf } from './could.ts';
import { withoutCapabilities } from './draft.ts';
import type { Foresight } from './foresight.ts';
import { deltaOf, type Preview } from './preview.ts';

const shownOperation = ({ operation, answer, on }: OperationAnswer): ShownOperation => ({
  id: operation.id,
  area: operation.area,
  title: operation.title,
  answer,
  on,
});

/** What would be granted, computed here and now by the engine that the service decides with. */
export function PreviewPanel({
  preview,
  inForce,
  foresight,
  spec,
  sought = [],
  change,
}: {
  readonly preview: Preview;
  readonly inForce: Resolution | undefined;
  readonly foresight: Foresight | undefined;
  readonly spec: Spec;
  /** Ids of the operations that were looked for. */
  readonly sought?: readonly string[];
  readonly change: (spec: Spec) => void;
}) {
  return (
    <aside className="preview" aria-label="What it would get" tabIndex={-1}>
      <div className="preview-in">
        {preview.ok ? (
          <Granted
            preview={preview}
            inForce={inForce}
            foresight={foresight}
            spec={spec}
            sought={sought}
            change={change}
          />
        ) : (
          <>
            <h2>What it would get</h2>
            <p className="dim">The runtime refuses these words, so there is nothing to show.</p>
          </>
        )}
      </div>
    </aside>
  );
}

function Granted({
  preview,
  inForce,
  foresight,
  spec,
  sought,
  change,
}: {
  readonly preview: Preview & { readonly ok: true };
  readonly inForce: Resolution | undefined;
  readonly foresight: Foresight | undefined;
  readonly spec: Spec;
  /** Ids of the operations that were looked for. */
  readonly sought: readonly string[];
  readonly change: (spec: Spec) => void;
}) {
  const { risk, operations, warnings, contradictions, decisions, resolution } = preview;
  const could = couldOf(operations, resolution.spec.add, sought);
  return (
    <>
      <div className="preview-tier" data-tier={risk.tier} role="status" aria-live="polite">
        <div className="row">
          <h2>What it would get</h2>
          <Tier tier={risk.tier} score={risk.score} />
        </div>
        <p className="preview-means">{TIER_MEANS[risk.tier]}.</p>
        <Approvals foresight={foresight} />
      </div>
      <Less preview={preview} spec={spec} change={change} />
      {[...contradictions.map(({ message }) => message), ...warnings.map(({ message }) => message)].map((message) => (
        <Notice key={message} kind="warn">
          <p>{message}</p>
        </Notice>
      ))}
      {inForce === undefined ? null : <Change next={resolution} former={inForce} />}
      <section className="preview-could">
        <h3>It could</h3>
        {could.sought.length === 0 ? null : (
          <>
            <p className="dim">What you looked for</p>
            <Operations operations={could.sought.map(shownOperation)} />
          </>
        )}
        {could.sought.length > 0 && could.besides.length > 0 ? <p className="dim">and besides</p> : null}
        {could.sought.length === 0 && could.besides.length === 0 ? (
          <p>Only what every program may: its own files, ordinary network connections, ports from 1024 up.</p>
        ) : (
          <Operations operations={could.besides.map(shownOperation)} />
        )}
        {could.maybe.length === 0 ? null : (
          <details className="more">
            <summary>and, where more than capabilities allows it, {could.maybe.length} more</summary>
            <Operations operations={could.maybe.map(shownOperation)} />
          </details>
        )}
      </section>
      {risk.contributions.length === 0 ? null : (
        <details className="more" open={risk.contributions.length <= 3}>
          <summary>Why it is {risk.tier}</summary>
          <Contributions contributions={risk.contributions} />
        </details>
      )}
      <details className="more">
        <summary>Each capability, and why it is in</summary>
        <Decisions decisions={decisions} />
      </details>
    </>
  );
}

/** How to ask for less, by one press. */
function Less({
  preview,
  spec,
  change,
}: {
  readonly preview: Preview & { readonly ok: true };
  readonly spec: Spec;
  readonly change: (spec: Spec) => void;
}) {
  const lower = preview.risk.toNextLowerTier;
  if (lower === undefined || spec.privileged) return null;
  return (
    <div className="less">
      <p>
        Without {lower.drop.map(shortName).join(', ')} it would be <Tier tier={lower.tier} />
      </p>
      <Button size="compact-sm" variant="default" onClick={() => change(withoutCapabilities(spec, lower.drop))}>
        Leave {lower.drop.length === 1 ? 'it' : 'them'} out
      </Button>
    </div>
  );
}

/** Against what is in force under that name. */
function Change({ next, former }: { readonly next: Resolution; readonly former: Resolution }) {
  const { granted, taken, operations } = deltaOf(next, former);
  return (
    <section>
      <h3 className="preview-title">Against what is in force</h3>
      {granted.length === 0 && taken.length === 0 ? <p>The same capabilities.</p> : null}
      <div className="stack">
        {granted.length === 0 ? null : <Capabilities names={granted} change="granted" />}
        {taken.length === 0 ? null : <Capabilities names={taken} change="taken" />}
        {operations.length === 0 ? null : (
          <p className="dim">{operations.length} operations become possible that are not today.</p>
        )}
      </div>
    </section>
  );
}
