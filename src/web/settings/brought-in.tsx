import { Button } from '@mantine/core';
import { useState } from 'react';
import { governs, useViewer } from '../api/viewer.ts';
import { Notice } from '../ui/notice.tsx';
import { SignInLink } from './sign-in-link.tsx';

/** What bringing somebody in came to. */
export interface Done {
  readonly login: string;
  readonly what: 'new' | 'changed' | 'same';
}

const TITLES = {
  new: (login: string) => `${login} is brought in`,
  changed: (login: string) => `${login} was here already, and is now what you said`,
  same: (login: string) => `${login} is here already: nothing has changed`,
};

/** What has happened, and what comes next: whoever is new has no way in yet. */
export function BroughtIn({ login, what }: Done) {
  const viewer = useViewer();
  const [asksLink, setAsksLink] = useState(false);
  return (
    <Notice kind={what === 'same' ? 'info' : 'good'} live title={TITLES[what](login)}>
      {what === 'new' ? (
        <p>
          Next they need a way in:{' '}
          {governs(viewer)
            ? 'a sign-in link that you send them, or your sign-in provider.'
            : 'a sign-in link, which an owner makes, or your sign-in provider.'}
        </p>
      ) : null}
      {what === 'new' && governs(viewer) ? (
        <Button size="xs" variant="default" mt={8} onClick={() => setAsksLink(true)}>
          Make their sign-in link
        </Button>
      ) : null}
      {asksLink ? <SignInLink login={login} close={() => setAsksLink(false)} /> : null}
    </Notice>
  );
}
