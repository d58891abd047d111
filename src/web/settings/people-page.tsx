import { Button } from '@mantine/core';
import { useState } from 'react';
import { Members, People } from '../api/operations.gen.ts';
import { useRows } from '../api/queries.ts';
import { governs, seesEverybody, useViewer } from '../api/viewer.ts';
import { Problem } from '../ui/notice.tsx';
import { Card, Empty, Page, Waiting } from '../ui/page.tsx';
import { NewPerson } from './new-person.tsx';
import { NewTeam } from './new-team.tsx';
import { ORG_ROLE_WORDS } from './org-roles.ts';
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
  // Once it stood first it stays there, under the hands of whoever makes one team after another.
  const [teamFirst, setTeamFirst] = useState(false);
  if (teams?.length === 0 && !teamFirst) setTeamFirst(true);
  return (
    <Page title="Settings" windowTitle="People and teams">
      <SettingsTabs />
      {governs(viewer) && teamFirst ? <NewTeam /> : null}
      {mayBringIn ? <NewPerson /> : null}
      {seesEverybody(viewer) ? <Everybody /> : null}
      {teams === undefined && pages.error === null ? <Waiting /> : null}
      {teams?.length === 0 && !governs(viewer) ? <Empty title="There are no teams yet" /> : null}
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
      {governs(viewer) && !teamFirst ? <NewTeam /> : null}
    </Page>
  );
}

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
                <td>{kind === 'SERVICE' ? 'service account' : ORG_ROLE_WORDS[orgRole]}</td>
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
