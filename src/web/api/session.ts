import { useSyncExternalStore } from 'react';

const KEY = 'capward.token';

/**
 * How this window is signed in. `in` until the service says otherwise; `out` once it has said so. A session that ended
 * while the page was in use leaves the page as it is, so that nothing that was written is lost.
 */
interface Session {
  readonly state: 'in' | 'out';
  /** An API token that somebody signed in with. It lives as long as the tab; without one, the cookie counts. */
  readonly token: string | undefined;
}

let session: Session = { state: 'in', token: readToken() };
const listeners = new Set<() => void>();

function readToken(): string | undefined {
  try {
    return sessionStorage.getItem(KEY) ?? undefined;
  } catch {
    return undefined;
  }
}

function become(next: Session): void {
  session = next;
  try {
    if (next.token === undefined) sessionStorage.removeItem(KEY);
    else sessionStorage.setItem(KEY, next.token);
  } catch {
    // Storage is switched off: the token lasts until the page is left.
  }
  for (const listener of listeners) listener();
}

export function currentToken(): string | undefined {
  return session.token;
}

export function isSignedIn(): boolean {
  return session.state === 'in';
}

export function signInWith(token: string | undefined): void {
  become({ state: 'in', token });
}

export function signedOut(): void {
  if (session.state === 'in') become({ state: 'out', token: undefined });
}

export function useSession(): Session {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => session,
  );
}
