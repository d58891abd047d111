import { Button, Checkbox, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { issueAt } from '../api/issue-at.ts';
import { MakeToken } from '../api/operations.gen.ts';
import { useChange } from '../api/queries.ts';
import { useViewer } from '../api/viewer.ts';
import { FormProblem } from '../ui/form-problem.tsx';
import { Card } from '../ui/page.tsx';
import { SecretOnce } from '../ui/secret-once.tsx';

const SCOPES = [
  'profiles:read',
  'profiles:export',
  'requests:write',
  'requests:review',
  'audit:read',
  'admin',
] as const;

const FIELDS = ['name', 'owner', 'expiresInDays'];

/** Makes a token for oneself, or for software. */
export function NewToken() {
  const viewer = useViewer();
  const [name, setName] = useState('');
  const [days, setDays] = useState('90');
  const [owner, setOwner] = useState(viewer.member.login);
  const [scopes, setScopes] = useState<readonly string[]>(['profiles:read']);
  const make = useChange(MakeToken);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    make.mutate({ input: { name, owner, scopes, expiresInDays: Number(days) } }, { onSuccess: () => setName('') });
  };
  return (
    <Card title="A new token">
      <form className="stack" onSubmit={submit}>
        <div className="fields">
          <TextInput
            label="What it is for"
            description="Its name in lists and in the history"
            required
            maxLength={100}
            error={issueAt(make.error, 'name')}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <TextInput
            label="Acts for"
            description="You, or the name of a service account"
            required
            error={issueAt(make.error, 'owner')}
            value={owner}
            onChange={(event) => setOwner(event.currentTarget.value)}
          />
          <TextInput
            label="For how many days"
            description="Up to ten years; it can be rotated before"
            inputMode="numeric"
            pattern="[1-9][0-9]*"
            title="A whole number of days"
            required
            error={issueAt(make.error, 'expiresInDays')}
            value={days}
            onChange={(event) => setDays(event.currentTarget.value.trim())}
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
        <FormProblem error={make.error} fields={FIELDS} />
        {make.data === undefined ? null : <SecretOnce secret={make.data.createToken.secret} />}
        <div>
          <Button type="submit" loading={make.isPending} disabled={scopes.length === 0}>
            Make the token
          </Button>
        </div>
      </form>
    </Card>
  );
}
