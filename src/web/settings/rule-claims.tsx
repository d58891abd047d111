import { ActionIcon, Button, TextInput } from '@mantine/core';
import { issueAt } from '../api/issue-at.ts';
import type { ServiceError } from '../api/service-error.ts';
import { Icon } from '../ui/icon.tsx';

export interface ClaimRow {
  readonly id: number;
  readonly claim: string;
  readonly pattern: string;
}

/** What the token of the job has to say: all of it. */
export function RuleClaims({
  claims,
  change,
  error,
}: {
  readonly claims: readonly ClaimRow[];
  readonly change: (claims: readonly ClaimRow[]) => void;
  readonly error: ServiceError | null;
}) {
  const put = (id: number, row: Partial<ClaimRow>) =>
    change(claims.map((one) => (one.id === id ? { ...one, ...row } : one)));
  const next = Math.max(-1, ...claims.map(({ id }) => id)) + 1;
  const isOfOne = claims.some((_, index) => issueAt(error, `claims.${index}`) !== undefined);
  return (
    <fieldset className="stack">
      <legend>What its token has to say: all of it</legend>
      <p className="dim small">
        <code>*</code> stands for anything without / and :, <code>**</code> for anything.
      </p>
      {claims.map(({ id, claim, pattern }, index) => (
        <div className="beside" key={id}>
          <TextInput
            label={`Claim ${index + 1}`}
            required
            spellCheck={false}
            error={issueAt(error, `claims.${index}.claim`)}
            value={claim}
            onChange={(event) => put(id, { claim: event.currentTarget.value })}
          />
          <TextInput
            label={`Value ${index + 1}`}
            placeholder={PLACEHOLDERS[claim]}
            required
            spellCheck={false}
            error={issueAt(error, `claims.${index}.pattern`)}
            value={pattern}
            onChange={(event) => put(id, { pattern: event.currentTarget.value })}
          />
          <ActionIcon
            variant="subtle"
            color="red"
            size={36}
            aria-label={`Leave out claim ${index + 1}`}
            onClick={() => change(claims.filter((one) => one.id !== id))}
          >
            <Icon name="cross" size={16} />
          </ActionIcon>
        </div>
      ))}
      {isOfOne || issueAt(error, 'claims') === undefined ? null : <p className="wrong">{issueAt(error, 'claims')}</p>}
      <div>
        <Button
          size="compact-sm"
          variant="default"
          onClick={() => change([...claims, { id: next, claim: '', pattern: '' }])}
        >
          Add a claim
        </Button>
      </div>
    </fieldset>
  );
}

const PLACEHOLDERS: Readonly<Record<string, string>> = {
  repository: 'acme/web',
  project_path: 'acme/web',
  sub: 'project:acme/web:deploy',
};
