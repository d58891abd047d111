import { Button, SegmentedControl, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { issueAt } from '../api/issue-at.ts';
import { type RuleFactsFragment, SetRule } from '../api/operations.gen.ts';
import { useChange } from '../api/queries.ts';
import { useTeams } from '../api/teams.ts';
import { FormProblem } from '../ui/form-problem.tsx';
import { Card } from '../ui/page.tsx';
import { useArrival } from '../ui/use-arrival.ts';
import { Choices } from './choices.tsx';
import { GITHUB, PLATFORMS, platformOf } from './platforms.ts';
import { type ClaimRow, RuleClaims } from './rule-claims.tsx';

const FIELDS = ['name', 'issuer', 'audience', 'claims', 'serviceAccount', 'teams', 'scopes', 'maxMinutes'];
const SCOPES = ['profiles:export', 'profiles:read'] as const;

interface RuleDraft {
  readonly name: string;
  readonly issuer: string;
  readonly audience: string;
  readonly claims: readonly ClaimRow[];
  readonly serviceAccount: string;
  readonly teams: readonly string[];
  readonly scopes: readonly string[];
  readonly maxMinutes: string;
  readonly enabled: boolean;
}

const numbered = (claims: readonly { readonly claim: string; readonly pattern: string }[]) =>
  claims.map(({ claim, pattern }, id) => ({ id, claim, pattern }));

function draftOf(rule: RuleFactsFragment | undefined): RuleDraft {
  if (rule === undefined) {
    const { issuer, claims } = GITHUB;
    const rest = { audience: 'capward', serviceAccount: '', teams: [], scopes: ['profiles:export'], maxMinutes: '15' };
    return { name: '', issuer, claims: numbered(claims), enabled: true, ...rest };
  }
  return {
    ...rule,
    claims: numbered(rule.claims),
    serviceAccount: rule.serviceAccount.login,
    teams: rule.teams.map(({ slug }) => slug),
    maxMinutes: String(rule.maxMinutes),
  };
}

/** Says which jobs get a token, and which. */
export function RuleForm({
  rule,
  taken,
  close,
}: {
  /** As it is; undefined for a new one. */
  readonly rule: RuleFactsFragment | undefined;
  /** Names that others have. */
  readonly taken: readonly string[];
  readonly close: () => void;
}) {
  const [draft, setDraft] = useState(() => draftOf(rule));
  const set = useChange(SetRule);
  const put = (change: Partial<RuleDraft>) => setDraft({ ...draft, ...change });
  const teams = useTeams();
  const isTaken = rule === undefined && taken.includes(draft.name.trim());
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isTaken) return;
    const { name, issuer, audience, claims, serviceAccount, scopes, maxMinutes, enabled } = draft;
    const said = claims.map(({ claim, pattern }) => ({ claim: claim.trim(), pattern }));
    const rest = {
      issuer,
      audience,
      claims: said,
      teams: draft.teams,
      scopes,
      maxMinutes: Number(maxMinutes),
      enabled,
    };
    set.mutate(
      { input: { name: name.trim(), serviceAccount: serviceAccount.trim(), ...rest } },
      { onSuccess: () => close() },
    );
  };
  const text = (field: 'issuer' | 'audience' | 'serviceAccount' | 'maxMinutes') => ({
    value: draft[field],
    required: true,
    spellCheck: false,
    autoComplete: 'off',
    error: issueAt(set.error, field),
    onChange: (event: { readonly currentTarget: { readonly value: string } }) =>
      put({ [field]: event.currentTarget.value }),
  });
  return (
    <Card title={rule === undefined ? 'A new rule' : `Change ${rule.name}`}>
      <form className="stack" onSubmit={submit} ref={useArrival()}>
        {rule === undefined ? (
          <fieldset>
            <legend>Where the jobs run</legend>
            <SegmentedControl
              value={platformOf(draft.issuer, draft.claims)}
              onChange={(value) => {
                const platform = PLATFORMS.find(({ id }) => id === value);
                if (platform !== undefined) put({ issuer: platform.issuer, claims: numbered(platform.claims) });
              }}
              data={PLATFORMS.map(({ id, title }) => ({ value: id, label: title }))}
              transitionDuration={0}
            />
          </fieldset>
        ) : null}
        <div className="fields">
          <TextInput
            label="Name of the rule"
            description="Of several that fit, the first by name counts"
            placeholder="deploys"
            required
            disabled={rule !== undefined}
            spellCheck={false}
            error={
              isTaken ? 'There is one of that name: change that one, or take another name' : issueAt(set.error, 'name')
            }
            value={draft.name}
            onChange={(event) => put({ name: event.currentTarget.value })}
          />
          <TextInput label="Issuer" description="As the claim iss has it" type="url" {...text('issuer')} />
          <TextInput label="Audience" description="What the job asks its token for" {...text('audience')} />
        </div>
        <RuleClaims claims={draft.claims} change={(claims) => put({ claims })} error={set.error} />
        <div className="fields">
          <TextInput
            label="Service account that it acts as"
            description="Made on first use"
            placeholder="web-deploy"
            {...text('serviceAccount')}
          />
          <TextInput
            label="For how many minutes"
            description="1 to 60"
            inputMode="numeric"
            pattern="[0-9]+"
            title="A whole number of minutes"
            {...text('maxMinutes')}
          />
        </div>
        <Choices
          legend="In these teams only"
          of={teams.map(({ slug }) => slug)}
          chosen={draft.teams}
          change={(chosen) => put({ teams: chosen })}
          error={issueAt(set.error, 'teams')}
        />
        <Choices
          legend="It may"
          of={SCOPES}
          chosen={draft.scopes}
          change={(scopes) => put({ scopes })}
          error={issueAt(set.error, 'scopes')}
        />
        <FormProblem error={set.error} fields={FIELDS} />
        <div className="row">
          <Button type="submit" loading={set.isPending}>
            {rule === undefined ? 'Make the rule' : 'Set it anew'}
          </Button>
          <Button variant="default" onClick={close}>
            Leave it
          </Button>
        </div>
      </form>
    </Card>
  );
}
