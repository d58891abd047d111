import { Button, NativeSelect, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { BringIn, MakeTeam, Members, type OrgRole, People, type TeamRole } from '../api/operations.gen.ts';
import { useChange, useRows } from '../api/queries.ts';
import { useTeams } from '../api/teams.ts';
import { governs, seesEverybody, useViewer } from '../api/viewer.ts';
import { Notice, Problem } from '../ui/notice.tsx';
import { Card, Empty, Page, Waiting } from '../ui/page.tsx';
import { RemovePerson } from './remove-person.tsx';
import { SettingsTabs } from './settings-tabs.tsx';
import { SignInLink } from './sign-in-link.tsx';
import './settings.css';

/** Who is here, in which teams, and what they may do. */
export function PeoplePage() {
  const viewer = useViewer();
  const pages = useRows(People, {}, ({ teams }) => teams);
  const teams = pages.rows;
  const isMaintainer = viewer.teams.some(({ role }) => role === 'MAINTAINER');
  const mayBringIn = governs(viewer) || (isMaintainer && viewer.scopes.includes('admin'));
  return (
    <Page title="Settings" windowTitle="People and teams">
      <SettingsTabs />
      {mayBringIn ? <NewPerson /> : null}
      {seesEverybody(viewer) ? <Everybody /> : null}
      {teams === undefined && pages.error === null ? <Waiting /> : null}
      {teams?.length === 0 ? <Empty title="There are no teams yet" /> : null}
      <div className="teams">
        {teams?.map(({ id, slug, name, members }) => (
          <Card key={id} title={name} aside={<code className="dim">{slug}</code>}>
            {members.length === 0 ? <p className="dim">Nobody is in it.</p> : null}
            <ul className="plain-list people">
              {members.map(({ member, role }) => (
                <li key={member.id}>
                  <span>{member.login}</span>
                  {role === 'MAINTAINER' ? <span className="role">maintainer</span> : null}
                </li>
              ))}
            </ul>
          </Card>
        ))}
      </div>
      {pages.error === null ? null : <Problem error={pages.error} retry={pages.retry} />}
      {pages.more && pages.error === null ? (
        <Button variant="default" loading={pages.loadingMore} onClick={pages.loadMore}>
          Show more teams
        </Button>
      ) : null}
      {governs(viewer) ? <NewTeam /> : null}
    </Page>
  );
}

const ROLES: Readonly<Record<OrgRole, string>> = {
  OWNER: 'owner',
  APPROVER: 'approver',
  AUDITOR: 'auditor',
  MEMBER: 'member',
};

function Everybody() {
  const viewer = useViewer();
  const pages = useRows(Members, {}, ({ members }) => members);
  const [link, setLink] = useState<string>();
  const [leaving, setLeaving] = useState<string>();
  return (
    <Card title="Everybody">
      {pages.error === null ? null : <Problem error={pages.error} retry={pages.retry} />}
      <div className="table-box">
        <table className="table">
          <thead>
            <tr>
              <th scope="col">Who</th>
              <th scope="col">What they are</th>
              <th scope="col">
                <span className="off-screen">Sign-in</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {pages.rows?.map(({ id, login, kind, orgRole }) => (
              <tr key={id}>
                <th scope="row">{login}</th>
                <td>{kind === 'SERVICE' ? 'service account' : ROLES[orgRole]}</td>
                <td>
                  {governs(viewer) && kind === 'HUMAN' ? (
                    <div className="row">
                      <Button size="compact-xs" variant="subtle" onClick={() => setLink(login)}>
                        Sign-in link
                      </Button>
                      <Button size="compact-xs" variant="subtle" color="red" onClick={() => setLeaving(login)}>
                        Take out
                      </Button>
                    </div>
                  ) : null}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {pages.more ? (
        <Button variant="default" size="xs" mt={10} loading={pages.loadingMore} onClick={pages.loadMore}>
          Show more
        </Button>
      ) : null}
      {leaving === undefined ? null : <RemovePerson login={leaving} close={() => setLeaving(undefined)} />}
      {link === undefined ? null : <SignInLink login={link} close={() => setLink(undefined)} />}
    </Card>
  );
}

function NewPerson() {
  const viewer = useViewer();
  const teams = useTeams();
  const own = viewer.teams.filter(({ role }) => role === 'MAINTAINER').map(({ team }) => team.slug);
  const reachable = governs(viewer) ? teams : teams.filter(({ slug }) => own.includes(slug));
  const [person, setPerson] = useState({ email: '', team: '', teamRole: 'MEMBER', orgRole: '' });
  const add = useChange(BringIn);
  const team = person.team || (governs(viewer) ? '' : (reachable[0]?.slug ?? ''));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const { email, teamRole, orgRole } = person;
    add.mutate(
      {
        input: {
          email,
          ...(team !== '' && { team, teamRole: teamRole as TeamRole }),
          ...(orgRole !== '' && { orgRole: orgRole as OrgRole }),
        },
      },
      { onSuccess: () => setPerson({ ...person, email: '' }) },
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
                ...Object.entries(ROLES).map(([value, label]) => ({ value, label })),
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
        {add.isSuccess ? <Notice kind="good" live title="Done" /> : null}
        <div>
          <Button type="submit" loading={add.isPending}>
            Bring in
          </Button>
        </div>
      </form>
    </Card>
  );
}

function NewTeam() {
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
        <div>
          <Button type="submit" loading={make.isPending}>
            Make the team
          </Button>
        </div>
      </form>
    </Card>
  );
}
