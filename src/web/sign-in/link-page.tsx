import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { fetchText } from '../api/ask.ts';
import { signInWith } from '../api/session.ts';
import { Mark } from '../app/navigation.tsx';
import { Problem } from '../ui/notice.tsx';
import { SignIn } from './sign-in.tsx';
import './sign-in.css';

/** Taken out of the address at once: it must not stay in the browser's history. */
function takeToken(): string | undefined {
  const token = new URLSearchParams(globalThis.location.hash.slice(1)).get('token') ?? undefined;
  if (token !== undefined) globalThis.history.replaceState(globalThis.history.state, '', '/sign-in');
  return token;
}

/**
 * Where a one-time link leads. It is used up by a press of the button, not by opening the page: programs that look into
 * mail open links too.
 */
export function LinkPage() {
  const [token] = useState(takeToken);
  const [state, setState] = useState<{ readonly busy: boolean; readonly error?: unknown }>({ busy: false });
  const queries = useQueryClient();
  const navigate = useNavigate();
  useEffect(() => {
    document.title = 'Sign in · Capward';
  }, []);
  if (token === undefined)
    return <SignIn error={new URLSearchParams(globalThis.location.search).get('error') ?? undefined} />;
  const submit = async () => {
    setState({ busy: true });
    try {
      await fetchText('/v1/sign-in/link', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ token }),
      });
      signInWith(undefined);
      queries.clear();
      await navigate({ to: '/', replace: true });
    } catch (error) {
      setState({ busy: false, error });
    }
  };
  return (
    <main className="sign-in">
      <div className="sign-in-card">
        <Mark size={44} />
        <h1>Sign in to Capward</h1>
        <p className="dim">This link signs you in once.</p>
        {state.error === undefined ? null : <Problem error={state.error} />}
        <Button size="md" fullWidth loading={state.busy} onClick={() => void submit()}>
          Sign in
        </Button>
      </div>
    </main>
  );
}
