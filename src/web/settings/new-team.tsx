import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { MakeTeam } from '../api/operations.gen.ts';
import { useChange } from '../api/queries.ts';
import { Notice, Problem } from '../ui/notice.tsx';
import { Card } from '../ui/page.tsx';

/** Makes a team. */
export function NewTeam() {
  const [team, setTeam] = useState({ name: '', slug: '' });
  const make = useChange(MakeTeam);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    make.mutate({ input: team }, { onSuccess: () => setTeam({ name: '', slug: '' }) });
  };
  return (
    <Card title="A new team">
      <form onSubmit={submit} className="stack">
        <div className="fields">
          <TextInput
            label="Name"
            required
            value={team.name}
            onChange={(event) => setTeam({ ...team, name: event.currentTarget.value })}
          />
          <TextInput
            label="Short name"
            description="It stands in addresses: small letters, digits and hyphens"
            required
            value={team.slug}
            onChange={(event) => setTeam({ ...team, slug: event.currentTarget.value })}
          />
        </div>
        {make.error === null ? null : <Problem error={make.error} />}
        {make.isSuccess ? (
          <Notice kind="good" live title={`The team ${make.variables?.input.name ?? ''} is there`}>
            <p>Nobody is in it until you bring them in.</p>
          </Notice>
        ) : null}
        <div>
          <Button type="submit" loading={make.isPending}>
            Make the team
          </Button>
        </div>
      </form>
    </Card>
  );
}
