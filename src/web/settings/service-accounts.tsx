import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { issueAt } from '../api/issue-at.ts';
import { ServiceAccounts as Accounts, MakeToken, TokensOf } from '../api/operations.gen.ts';
import { useAsk, useChange, useRows } from '../api/queries.ts';
import { useTeams } from '../api/teams.ts';
import { FormProblem } from '../ui/form-problem.tsx';
import { Problem } from '../ui/notice.tsx';
import { Card, Empty, Waiting } from '../ui/page.tsx';
import { SecretOnce } from '../ui/secret-once.tsx';
import { Choices } from './choices.tsx';
import { TokenTable } from './token-table.tsx';

/** Accounts of software, each with its tokens, and how to make another one. */
export function ServiceAccounts() {
  const pages = useRows(Accounts, {}, ({ members }) => members);
  return (
    <>
      <div className="section-head">
        <h2>Service accounts</h2>
        <p className="dim">Software with tokens of its own. It never reviews, and hands out no rights.</p>
      </div>
      {pages.error !== null && pages.rows === undefined ? <Problem error={pages.error} retry={pages.retry} /> : null}
      {pages.rows === undefined && pages.error === null ? <Waiting lines={3} /> : null}
      {pages.rows?.length === 0 ? <Empty title="There are none yet" /> : null}
      {pages.rows === undefined || pages.rows.length === 0 ? null : (
        <Card>
          <ul className="accounts">
            {pages.rows.map(({ id, login }) => (
              <li key={id}>
                <Account login={login} />
              </li>
            ))}
          </ul>
          {pages.more ? (
            <Button variant="default" size="xs" mt={10} loading={pages.loadingMore} onClick={pages.loadMore}>
              Show more
            </Button>
          ) : null}
        </Card>
      )}
      <NewAccount />
    </>
  );
}

/** Its tokens are asked for when somebody wants to see them. */
function Account({ login }: { readonly login: string }) {
  const [open, setOpen] = useState(false);
  const asked = useAsk(TokensOf, { owner: login }, { enabled: open });
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="mono">{login}</summary>
      {asked.isError && asked.data === undefined ? (
        <Problem error={asked.error} retry={() => void asked.refetch()} />
      ) : null}
      {asked.data === undefined && !asked.isError ? <Waiting lines={2} /> : null}
      {asked.data === undefined ? null : asked.data.tokens.length === 0 ? (
        <p className="dim">It has no token; jobs may act as it by a rule.</p>
      ) : (
        <TokenTable tokens={asked.data.tokens} />
      )}
    </details>
  );
}

const SCOPES = ['profiles:export', 'profiles:read', 'requests:write', 'audit:read'] as const;
/** The name of an account is judged by itself, as a value without a path. */
const FIELDS = ['', 'owner', 'teams', 'scopes'];
const FRESH = { owner: '', teams: [], scopes: ['profiles:export'] };

/** An account is made with its first token. */
function NewAccount() {
  const teams = useTeams();
  const [draft, setDraft] = useState<{
    readonly owner: string;
    readonly teams: readonly string[];
    readonly scopes: readonly string[];
  }>(FRESH);
  const make = useChange(MakeToken);
  const [wrong, setWrong] = useState<string>();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const owner = draft.owner.trim();
    const isPerson = owner.includes('@');
    setWrong(isPerson ? 'That is a person: the name of software has no @' : undefined);
    if (isPerson) return;
    make.mutate({ input: { ...draft, owner, name: `first of ${owner}` } }, { onSuccess: () => setDraft(FRESH) });
  };
  return (
    <Card title="A new service account">
      <form className="stack" onSubmit={submit}>
        <TextInput
          className="days"
          label="Name of the account"
          description="Small letters, digits, dots and hyphens. One that is there gets another token"
          placeholder="web-deploy"
          required
          spellCheck={false}
          error={wrong ?? issueAt(make.error, '') ?? issueAt(make.error, 'owner')}
          value={draft.owner}
          onChange={(event) => setDraft({ ...draft, owner: event.currentTarget.value })}
        />
        <Choices
          legend="In these teams (none: in every team)"
          of={teams.map(({ slug }) => slug)}
          chosen={draft.teams}
          change={(chosen) => setDraft({ ...draft, teams: chosen })}
          error={issueAt(make.error, 'teams')}
        />
        <Choices
          legend="It may"
          of={SCOPES}
          chosen={draft.scopes}
          change={(scopes) => setDraft({ ...draft, scopes })}
          error={issueAt(make.error, 'scopes')}
        />
        <FormProblem error={make.error} fields={FIELDS} />
        {make.data === undefined ? null : <SecretOnce secret={make.data.createToken.secret} />}
        <div>
          <Button type="submit" loading={make.isPending}>
            Make it, with a token
          </Button>
        </div>
      </form>
    </Card>
  );
}
