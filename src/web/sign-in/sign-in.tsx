import { useEffect } from 'react';
import { Mark } from '../app/navigation.tsx';
import { Notice } from '../ui/notice.tsx';
import { Ways } from './ways.tsx';
import './sign-in.css';

/** What those see who are not signed in, at whatever address: they are at it once they are. */
export function SignIn({ reason }: { readonly reason?: string | undefined }) {
  useEffect(() => {
    document.title = 'Sign in · Capward';
  }, []);
  return (
    <main className="sign-in">
      <div className="sign-in-card">
        <Mark size={44} />
        <h1>Sign in to Capward</h1>
        <p className="dim">Which powers a container gets here is asked for, looked at and approved by people.</p>
        {reason === undefined ? null : (
          <Notice kind="bad" title="You are not signed in">
            <p>{reason}</p>
          </Notice>
        )}
        <Ways />
      </div>
    </main>
  );
}
