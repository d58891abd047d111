import { Button, NativeSelect, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { BringIn, type OrgRole, type TeamRole } from '../api/operations.gen.ts';
import { useChange } from '../api/queries.ts';
import { useTeams } from '../api/teams.ts';
import { governs, useViewer } from '../api/viewer.ts';
import { Problem } from '../ui/notice.tsx';
import { Card } from '../ui/page.tsx';
import { BroughtIn, type Done } from './brought-in.tsx';
import { ORG_ROLE_WORDS } from './org-roles.ts';
import { useBefore } from './use-before.ts';

/** Brings somebody in, or changes what they are. */
export function NewPerson() {
  const viewer = useViewer();
  const teams = useTeams();
  const own = viewer.teams.filter(({ role }) => role === 'MAINTAINER').map(({ team }) => team.slug);
  const reachable = governs(viewer) ? teams : teams.filter(({ slug }) => own.includes(slug));
  const [person, setPerson] = useState({ email: '', team: '', teamRole: 'MEMBER', orgRole: '' });
  const add = useChange(BringIn);
  const team = person.team || (governs(viewer) ? '' : (reachable[0]?.slug ?? ''));
  const before = useBefore();
  const [done, setDone] = useState<Done>();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const { email, teamRole, orgRole } = person;
    const what = before(email, { orgRole, team, teamRole });
    setDone(undefined);
    add.mutate(
      {
        input: {
          email,
          ...(team !== '' && { team, teamRole: teamRole as TeamRole }),
          ...(orgRole !== '' && { orgRole: orgRole as OrgRole }),
        },
      },
      {
        onSuccess: () => {
          setPerson({ ...person, email: '' });
          setDone({ login: email.trim().toLowerCase(), what });
        },
      },
    );
  };
  return (
    <Card title="Bring somebody in, or change what they are">
      <form onSubmit={submit} className="stack">
        <div className="fields">
          <TextInput
            label="Email"
            type="email"
            required
            value={person.email}
            onChange={(event) => setPerson({ ...person, email: event.currentTarget.value })}
          />
          {governs(viewer) ? (
            <NativeSelect
              label="In the organization"
              data={[
                { value: '', label: 'As they are, or a member' },
                ...Object.entries(ORG_ROLE_WORDS).map(([value, label]) => ({ value, label })),
              ]}
              value={person.orgRole}
              onChange={(event) => setPerson({ ...person, orgRole: event.currentTarget.value })}
            />
          ) : null}
          <NativeSelect
            label="Team"
            data={[
              ...(governs(viewer) ? [{ value: '', label: 'None' }] : []),
              ...reachable.map(({ slug, name }) => ({ value: slug, label: name })),
            ]}
            value={team}
            onChange={(event) => setPerson({ ...person, team: event.currentTarget.value })}
          />
          {team === '' ? null : (
            <NativeSelect
              label="In the team"
              data={[
                { value: 'MEMBER', label: 'member' },
                { value: 'MAINTAINER', label: 'maintainer' },
              ]}
              value={person.teamRole}
              onChange={(event) => setPerson({ ...person, teamRole: event.currentTarget.value })}
            />
          )}
        </div>
        {add.error === null ? null : <Problem error={add.error} />}
        {done === undefined ? null : <BroughtIn key={done.login} {...done} />}
        <div>
          <Button type="submit" loading={add.isPending}>
            Bring in
          </Button>
        </div>
      </form>
    </Card>
  );
}
