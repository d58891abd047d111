import { Button, Modal } from '@mantine/core';
import { useState } from 'react';
import { type RuleFactsFragment, SetRule } from '../api/operations.gen.ts';
import { useChange } from '../api/queries.ts';
import { useViewer } from '../api/viewer.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import { Facts } from '../ui/facts.tsx';
import { Problem } from '../ui/notice.tsx';
import { Card } from '../ui/page.tsx';
import { When } from '../ui/when.tsx';
import { jobLines } from './job-lines.ts';

/** A rule in words, what its jobs have to run, and what can be done to it. */
export function RuleCard({ rule, change }: { readonly rule: RuleFactsFragment; readonly change: () => void }) {
  const { name, issuer, audience, claims, serviceAccount, teams, scopes, maxMinutes, enabled, setBy, setAt } = rule;
  const { organization } = useViewer();
  const lines = jobLines(rule, organization.slug, globalThis.location.origin);
  return (
    <Card
      title={<span className="mono">{name}</span>}
      aside={
        <span className="row">
          <span className="state" data-good={enabled || undefined}>
            {enabled ? 'counts' : 'turned off'}
          </span>
          <Button size="compact-sm" variant="default" onClick={change} aria-label={`Change the rule ${name}`}>
            Change
          </Button>
          <Switching rule={rule} />
        </span>
      }
    >
      <div className="stack">
        <Facts
          facts={[
            ['Signed by', issuer],
            ['Made for', audience],
            [
              'It has to say',
              <ul key="claims">
                {claims.map(({ claim, pattern }) => (
                  <li key={`${claim} ${pattern}`}>
                    {claim}: {pattern}
                  </li>
                ))}
              </ul>,
            ],
            ['Acts as', serviceAccount.login],
            ['In the teams', teams.map(({ slug }) => slug).join(', ')],
            ['May', scopes.join(', ')],
            ['For', `${maxMinutes} minutes`],
          ]}
        />
        <details className="more">
          <summary>What the job has to run</summary>
          <div className="copied">
            <pre className="export" tabIndex={0} aria-label={`Lines for the jobs of ${name}`}>
              {lines}
            </pre>
            <CopyButton text={lines} what="the lines" />
          </div>
        </details>
        <p className="dim small">
          {setBy.login} set it <When at={setAt} />
        </p>
      </div>
    </Card>
  );
}

/** Turning a rule off ends what it gives from now on; it stays, to be seen and turned on again. */
function Switching({ rule }: { readonly rule: RuleFactsFragment }) {
  const [asking, setAsking] = useState(false);
  const set = useChange(SetRule);
  const { name, enabled } = rule;
  const turn = () =>
    set.mutate({ input: inputOf({ ...rule, enabled: !enabled }) }, { onSuccess: () => setAsking(false) });
  return (
    <>
      <Button
        size="compact-sm"
        variant={enabled ? 'outline' : 'default'}
        color={enabled ? 'red' : 'spruce'}
        aria-label={`Turn ${enabled ? 'off' : 'on'} the rule ${name}`}
        onClick={() => setAsking(true)}
      >
        Turn {enabled ? 'off' : 'on'}
      </Button>
      <Modal opened={asking} onClose={() => setAsking(false)} title={`Turn ${name} ${enabled ? 'off' : 'on'}?`}>
        <div className="stack">
          <p>
            {enabled
              ? 'Its jobs get no token any more. Those that they have go on until they end, within the hour at the latest.'
              : 'Jobs that fit it get a token again, from now on.'}
          </p>
          {set.error === null ? null : <Problem error={set.error} />}
          <div className="row">
            <Button color={enabled ? 'red' : 'spruce'} loading={set.isPending} onClick={turn}>
              Turn it {enabled ? 'off' : 'on'}
            </Button>
            <Button variant="default" onClick={() => setAsking(false)}>
              Leave it
            </Button>
          </div>
        </div>
      </Modal>
    </>
  );
}

/** All of a rule, as it is set anew. */
function inputOf({
  name,
  issuer,
  audience,
  claims,
  serviceAccount,
  teams,
  scopes,
  maxMinutes,
  enabled,
}: RuleFactsFragment) {
  return {
    name,
    issuer,
    audience,
    claims: claims.map(({ claim, pattern }) => ({ claim, pattern })),
    serviceAccount: serviceAccount.login,
    teams: teams.map(({ slug }) => slug),
    scopes,
    maxMinutes,
    enabled,
  };
}
