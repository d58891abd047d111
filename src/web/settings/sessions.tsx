import { Button } from '@mantine/core';
import { useState } from 'react';
import { type CredentialsQuery, EndSession } from '../api/operations.gen.ts';
import { useChange } from '../api/queries.ts';
import { useViewer } from '../api/viewer.ts';
import { Problem } from '../ui/notice.tsx';
import { Card } from '../ui/page.tsx';
import { When } from '../ui/when.tsx';
import { SignInLink } from './sign-in-link.tsx';

/** Browsers that somebody is signed in with, and a link for another one. */
export function Sessions({ sessions }: { readonly sessions: CredentialsQuery['sessions'] }) {
  const viewer = useViewer();
  const end = useChange(EndSession);
  const [isLinking, setLinking] = useState(false);
  return (
    <Card
      title="Where you are signed in"
      aside={
        <Button size="compact-sm" variant="default" onClick={() => setLinking(true)}>
          Link for another browser
        </Button>
      }
    >
      {isLinking ? <SignInLink login={viewer.member.login} close={() => setLinking(false)} /> : null}
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
