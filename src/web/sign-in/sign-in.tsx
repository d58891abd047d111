import { useEffect } from 'react';
import { Mark } from '../app/navigation.tsx';
import { Notice } from '../ui/notice.tsx';
import { Ways } from './ways.tsx';
import './sign-in.css';

/** Why a sign-in by a provider has ended here. The service sends the code; words from an address are anybody's. */
const REASONS: Readonly<Record<string, string>> = {
  UNAUTHENTICATED: 'The sign-in was not finished, or too late: start again.',
  FORBIDDEN:
    'Your account at the provider does not sign in here: its email is not verified, not of a domain that may, or no member’s. Ask an owner.',
  UNAVAILABLE: 'The provider does not answer now: try again in a while.',
  RATE_LIMITED: 'Too many have tried from here: wait a minute.',
};
const OTHER_REASON = 'That did not work: start again, or ask an owner.';

/** What those see who are not signed in, at whatever address: they are at it once they are. */
export function SignIn({ error }: { readonly error?: string | undefined }) {
  useEffect(() => {
    document.title = 'Sign in · Capward';
  }, []);
  return (
    <main className="sign-in">
      <div className="sign-in-card">
        <Mark size={44} />
        <h1>Sign in to Capward</h1>
        <p className="dim">Which powers a container gets here is asked for, looked at and approved by people.</p>
        {error === undefined ? null : (
          <Notice kind="bad" title="You are not signed in">
            <p>{(Object.hasOwn(REASONS, error) ? REASONS[error] : undefined) ?? OTHER_REASON}</p>
          </Notice>
        )}
        <Ways />
      </div>
    </main>
  );
}
