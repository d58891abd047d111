import { Button } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useMemo, useState } from 'react';
import { flushSync } from 'react-dom';
import type { PolicyDocument } from '../../policy/policy-document.ts';
import { issueAt } from '../api/issue-at.ts';
import { type ProfileToRenewQuery, RenewProfile } from '../api/operations.gen.ts';
import { useChange } from '../api/queries.ts';
import type { ServiceError } from '../api/service-error.ts';
import { specOf } from '../api/spec-words.ts';
import { useViewer } from '../api/viewer.ts';
import { Approvals } from '../request/approvals.tsx';
import { type Draft, EMPTY_DRAFT } from '../request/draft.ts';
import { foresee, type InForce } from '../request/foresight.ts';
import { useKeptDraft } from '../request/kept-draft.ts';
import { KeptNotice } from '../request/kept-notice.tsx';
import { type Missing, missingOf, saidIn } from '../request/missing.ts';
import { deltaOf, type Preview, previewOf } from '../request/preview.ts';
import { Reason } from '../request/reason.tsx';
import { goToFirstMissing, StillMissing } from '../request/still-missing.tsx';
import { useForesight } from '../request/use-foresight.ts';
import { FormProblem } from '../ui/form-problem.tsx';
import { Icon } from '../ui/icon.tsx';
import { Card, Page } from '../ui/page.tsx';
import { SpecWords } from '../ui/spec-words.tsx';
import { TIER_MEANS, Tier } from '../ui/tier.tsx';
import { When } from '../ui/when.tsx';
import { OfProfile } from './of-profile.tsx';
import '../request/request.css';

const DAY = 86_400_000;
const FIELDS = ['justification', 'expiresInDays', 'ticket', 'capabilityReasons'];

/** What was approved last: what is in force, or what was until its time ran out. */
type Renewed = NonNullable<ProfileToRenewQuery['profile']>['revisions']['nodes'][number];

/** For how long, and why: what is renewed stands beside it and cannot be changed here. */
export function RenewForm({
  team,
  name,
  last,
  inForce,
  policy,
}: {
  readonly team: string;
  readonly name: string;
  readonly last: Renewed;
  readonly policy: PolicyDocument;
  /** Whether it is in force still. */
  readonly inForce: boolean;
}) {
  const { member } = useViewer();
  const spec = useMemo(() => specOf(last.spec), [last.spec]);
  const preview = useMemo(() => previewOf(spec), [spec]);
  const held = useMemo(
    () => (inForce && preview.ok ? { resolution: preview.resolution, expiresAt: last.expiresAt } : undefined),
    [inForce, preview, last.expiresAt],
  );
  const initial = { ...EMPTY_DRAFT, team, name, spec, days: daysOf(last, longestLife(policy, team, preview, held)) };
  const { draft, found, change, forget } = useKeptDraft(member.id, `renew ${team}/${name}`, initial);
  const foresight = useForesight(draft, preview, held);
  const granted = preview.ok ? deltaOf(preview.resolution, held?.resolution).granted : [];
  const bounding = preview.ok ? preview.resolution.sets.bounding : undefined;
  const missing = missingOf(draft, foresight, bounding, held?.resolution.sets.bounding);
  const [checked, setChecked] = useState(false);
  const renew = useChange(RenewProfile);
  const navigate = useNavigate();
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    // At once: only what is marked as missing can be gone to.
    flushSync(() => setChecked(true));
    if (Object.keys(missing).length > 0) {
      goToFirstMissing(event.currentTarget);
      return;
    }
    renew.mutate(
      { input: inputOf(draft) },
      {
        onSuccess: ({ renewProfile }) => {
          forget();
          void navigate({ to: '/requests/$id', params: { id: renewProfile.changeRequest.id } });
        },
      },
    );
  };
  return (
    <Page wide title={`Renew ${name}`} lead={<OfProfile team={team} name={name} />}>
      {found ? <KeptNotice forget={forget} /> : null}
      <form className="request" onSubmit={send} noValidate>
        <div className="stack">
          <Card title="For how long, and why?">
            <div className="stack">
              <Reason
                again
                draft={draft}
                change={change}
                missing={{ ...(checked ? missing : {}), ...refused(renew.error) }}
                withDays
                foresight={foresight}
                granted={granted}
              />
              {missing.days === undefined ? <Until days={draft.days} /> : null}
            </div>
          </Card>
          {checked ? <StillMissing missing={missing} /> : null}
          <FormProblem error={renew.error} fields={FIELDS} />
          <div className="row">
            <Button type="submit" size="md" loading={renew.isPending}>
              Ask for the renewal
            </Button>
            <span className="dim">
              {inForce ? 'What is in force stays until then.' : 'Nothing is handed out before it is approved.'}
            </span>
          </div>
        </div>
        <aside className="preview" aria-label="What is renewed">
          <div className="preview-in">
            <div className="preview-tier" data-tier={preview.ok ? preview.risk.tier : undefined}>
              <div className="row">
                <h2>What is renewed</h2>
                {preview.ok ? <Tier tier={preview.risk.tier} score={preview.risk.score} /> : null}
              </div>
              {preview.ok ? <p className="preview-means">{TIER_MEANS[preview.risk.tier]}.</p> : null}
              <Left last={last} inForce={inForce} />
              <Approvals foresight={foresight} />
            </div>
            <SpecWords spec={spec} />
            <p className="dim small">
              The same as revision {last.number}. To ask for more or for less, request another revision instead.
            </p>
          </div>
        </aside>
      </form>
    </Page>
  );
}

/** The longest that the policy lets it hold (days). */
function longestLife(policy: PolicyDocument, team: string, preview: Preview, held: InForce | undefined): number {
  const foresight = preview.ok
    ? foresee(policy, team, preview.resolution.spec, preview.resolution, '', held)
    : undefined;
  return (foresight?.kind === 'demanding' ? foresight.longestLifeDays : null) ?? Number.POSITIVE_INFINITY;
}

/** As long as the last time, as far as the policy allows. */
function daysOf({ approvedAt, expiresAt }: Renewed, longest: number): string {
  const before =
    approvedAt === null || expiresAt === null
      ? Number(EMPTY_DRAFT.days)
      : Math.max(1, Math.round((Date.parse(expiresAt) - Date.parse(approvedAt)) / DAY));
  return String(Math.min(before, longest));
}

function inputOf(draft: Draft) {
  const { expiresInDays, ticket, capabilityReasons } = saidIn(draft);
  return {
    team: draft.team,
    name: draft.name,
    justification: draft.justification.trim(),
    expiresInDays,
    ticket,
    capabilityReasons: Object.entries(capabilityReasons).map(([capability, reason]) => ({ capability, reason })),
  };
}

/** What the service has against the fields, by the names that they have here. */
function refused(error: ServiceError | null): Missing {
  const at = { justification: 'justification', days: 'expiresInDays', ticket: 'ticket', reasons: 'capabilityReasons' };
  const said = Object.entries(at).flatMap(([field, path]) => {
    const issue = issueAt(error, path);
    return issue === undefined ? [] : [[field, issue]];
  });
  return Object.fromEntries(said) as Missing;
}

function Until({ days }: { readonly days: string }) {
  if (days === '') return null;
  return (
    <p className="dim small">
      Approved today, it would hold until <When day at={new Date(Date.now() + Number(days) * DAY).toISOString()} />.
    </p>
  );
}

/** How long is left of what is renewed. */
function Left({ last: { expiresAt }, inForce }: { readonly last: Renewed; readonly inForce: boolean }) {
  return (
    <p className="preview-approvals">
      <Icon name="clock" size={16} />
      {expiresAt === null ? (
        'It is in force until somebody takes it back.'
      ) : (
        <span>
          {inForce ? 'It ends ' : 'It ended '}
          <When at={expiresAt} />, on <When day at={expiresAt} />.
        </span>
      )}
    </p>
  );
}
