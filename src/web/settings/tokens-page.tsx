import { Button, Checkbox, TextInput } from '@mantine/core';
import { type FormEvent, useDeferredValue, useState } from 'react';
import {
  Credentials,
  type CredentialsQuery,
  EndSession,
  EndToken,
  MakeToken,
  TokensOf,
} from '../api/operations.gen.ts';
import { useAsk, useChange } from '../api/queries.ts';
import { governs, useViewer } from '../api/viewer.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import { Notice, Problem } from '../ui/notice.tsx';
import { Card, Empty, Page, Waiting } from '../ui/page.tsx';
import { When } from '../ui/when.tsx';
import { SettingsTabs } from './settings-tabs.tsx';
import './settings.css';

/** What acts for whoever looks: tokens and sessions; for owners those of others too. */
export function TokensPage() {
  const viewer = useViewer();
  const may = viewer.scopes.includes('admin');
  const asked = useAsk(Credentials, {}, { enabled: may });
  return (
    <Page title="Settings" windowTitle="Tokens and sessions">
      <SettingsTabs />
      {may ? null : (
        <Empty title="This token may not look at tokens">
          <p>Sign in with a browser, or with a token of the scope admin.</p>
        </Empty>
      )}
      {asked.isError && asked.data === undefined ? <Problem error={asked.error} /> : null}
      {may && asked.data === undefined && !asked.isError ? <Waiting /> : null}
      {asked.data === undefined ? null : (
        <>
          <Card title="Your tokens">
            <TokenTable tokens={asked.data.tokens} />
          </Card>
          <NewToken />
          <Sessions sessions={asked.data.sessions} />
        </>
      )}
      {governs(viewer) ? <Others /> : null}
    </Page>
  );
}

function TokenTable({ tokens }: { readonly tokens: CredentialsQuery['tokens'] }) {
  const end = useChange(EndToken);
  if (tokens.length === 0) return <p className="dim">There are none.</p>;
  return (
    <div className="stack">
      {end.error === null ? null : <Problem error={end.error} />}
      <div className="table-box">
        <table className="table">
          <thead>
            <tr>
              <th scope="col">Token</th>
              <th scope="col">May</th>
              <th scope="col">Used</th>
              <th scope="col">Ends</th>
              <th scope="col">
                <span className="off-screen">Revoke</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {tokens.map(({ id, name, scopes, teams, expiresAt, revokedAt, lastUsedAt }) => (
              <tr key={id}>
                <th scope="row">{name}</th>
                <td>
                  {scopes.join(', ')}
                  {teams.length === 0 ? null : (
                    <span className="dim"> in {teams.map(({ slug }) => slug).join(', ')}</span>
                  )}
                </td>
                <td>{lastUsedAt === null ? <span className="dim">never</span> : <When at={lastUsedAt} />}</td>
                <td>
                  {revokedAt !== null ? (
                    <span className="dim">revoked</span>
                  ) : expiresAt === null ? (
                    <span className="dim">no end</span>
                  ) : (
                    <When at={expiresAt} />
                  )}
                </td>
                <td>
                  {revokedAt === null ? (
                    <Button
                      size="compact-xs"
                      variant="subtle"
                      color="red"
                      aria-label={`Revoke the token ${name}`}
                      loading={end.isPending && end.variables.input.id === id}
                      onClick={() => end.mutate({ input: { id } })}
                    >
                      Revoke
                    </Button>
                  ) : null}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}

const SCOPES = [
  'profiles:read',
  'profiles:export',
  'requests:write',
  'requests:review',
  'audit:read',
  'admin',
] as const;

function NewToken() {
  const viewer = useViewer();
  const [name, setName] = useState('');
  const [owner, setOwner] = useState(viewer.member.login);
  const [scopes, setScopes] = useState<readonly string[]>(['profiles:read']);
  const make = useChange(MakeToken);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    make.mutate({ input: { name, owner, scopes } }, { onSuccess: () => setName('') });
  };
  return (
    <Card title="A new token">
      <form className="stack" onSubmit={submit}>
        <div className="fields">
          <TextInput
            label="What it is for"
            required
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <TextInput
            label="Acts for"
            description="You, or the name of a service account"
            required
            value={owner}
            onChange={(event) => setOwner(event.currentTarget.value)}
          />
        </div>
        <fieldset>
          <legend>It may</legend>
          <div className="row">
            {SCOPES.map((scope) => (
              <Checkbox
                key={scope}
                label={scope}
                disabled={!viewer.scopes.includes(scope)}
                checked={scopes.includes(scope)}
                onChange={(event) =>
                  setScopes(event.currentTarget.checked ? [...scopes, scope] : scopes.filter((one) => one !== scope))
                }
              />
            ))}
          </div>
        </fieldset>
        {make.error === null ? null : <Problem error={make.error} />}
        {make.data === undefined ? null : (
          <Notice kind="good" live title="Copy it now: it is shown this once">
            <div className="line">
              <code>{make.data.createToken.secret}</code>
              <CopyButton small text={make.data.createToken.secret} what="the token" />
            </div>
          </Notice>
        )}
        <div>
          <Button type="submit" loading={make.isPending} disabled={scopes.length === 0}>
            Make the token
          </Button>
        </div>
      </form>
    </Card>
  );
}

function Sessions({ sessions }: { readonly sessions: CredentialsQuery['sessions'] }) {
  const end = useChange(EndSession);
  return (
    <Card title="Where you are signed in">
      {sessions.length === 0 ? <p className="dim">In no browser.</p> : null}
      {end.error === null ? null : <Problem error={end.error} />}
      <ul className="plain-list people">
        {sessions.map(({ id, client, isCurrent, lastUsedAt, createdAt }) => (
          <li key={id}>
            <span>
              {client} {isCurrent ? <span className="role">this one</span> : null}
              <br />
              <span className="dim small">
                used <When at={lastUsedAt ?? createdAt} />
              </span>
            </span>
            <Button
              size="compact-xs"
              variant="subtle"
              color="red"
              aria-label={`End the session of ${client}`}
              onClick={() => end.mutate({ input: { id } })}
            >
              End it
            </Button>
          </li>
        ))}
      </ul>
    </Card>
  );
}

/** For owners: the tokens of anybody. */
function Others() {
  const [text, setText] = useState('');
  const owner = useDeferredValue(text.trim());
  const asked = useAsk(TokensOf, { owner }, { enabled: owner !== '' });
  return (
    <Card title="Tokens of somebody else">
      <div className="stack">
        <TextInput
          label="Email, or name of a service account"
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        {asked.isError && owner !== '' ? <p className="dim">Nobody has that name.</p> : null}
        {asked.data === undefined ? null : <TokenTable tokens={asked.data.tokens} />}
      </div>
    </Card>
  );
}
