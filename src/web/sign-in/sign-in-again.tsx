import { useEffect, useRef } from 'react';
import { Ways } from './ways.tsx';
import './sign-in.css';

/** Over the page when the session has ended: what stands on it stays, and goes on afterwards. */
export function SignInAgain({ login }: { readonly login: string }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog
      ref={dialog}
      className="sign-in-again"
      aria-labelledby="sign-in-again"
      onCancel={(event) => event.preventDefault()}
    >
      <h2 id="sign-in-again">Your session has ended</h2>
      <p>Sign in again as {login}. What you were writing is kept in this browser.</p>
      <Ways />
    </dialog>
  );
}
