import { useQueryClient } from '@tanstack/react-query';
import { Outlet, useLocation } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { Viewer } from '../api/operations.gen.ts';
import { useAsk } from '../api/queries.ts';
import { useSession } from '../api/session.ts';
import { ViewerContext, type ViewerSeen } from '../api/viewer.ts';
import { useLive } from '../live/use-live.ts';
import { SentNotice } from '../request/sent.tsx';
import { SignIn } from '../sign-in/sign-in.tsx';
import { SignInAgain } from '../sign-in/sign-in-again.tsx';
import { Problem } from '../ui/notice.tsx';
import { Connection } from './connection.tsx';
import { Navigation } from './navigation.tsx';
import './shell.css';

/** The frame around every page, for those who are signed in; for the others, the way in. */
export function Shell() {
  const { state } = useSession();
  const { pathname } = useLocation();
  const asked = useAsk(Viewer, {}, { enabled: state === 'in' && pathname !== '/sign-in' });
  const viewer = useOnly(asked.data?.viewer);
  useLive(state === 'in' && viewer?.scopes.includes('profiles:read') === true);

  if (pathname === '/sign-in') return <Outlet />;
  if (viewer === undefined) {
    if (state === 'out') return <SignIn />;
    if (asked.isError) {
      return (
        <main className="alone">
          <Problem error={asked.error} retry={() => void asked.refetch()} />
        </main>
      );
    }
    return <div className="alone-waiting" role="status" aria-label="Loading" />;
  }
  return (
    <ViewerContext value={viewer}>
      <a className="skip" href="#content">
        Skip to the content
      </a>
      <div className="shell">
        <Navigation />
        <Content />
      </div>
      {state === 'out' ? <SignInAgain login={viewer.member.login} /> : null}
    </ViewerContext>
  );
}

/** Whoever looks, once nothing of anybody else is remembered: another person may have signed in over the same page. */
function useOnly(viewer: ViewerSeen | undefined): ViewerSeen | undefined {
  const queries = useQueryClient();
  const [whose, setWhose] = useState<string>();
  const id = viewer?.member.id;
  useEffect(() => {
    if (id === undefined || id === whose) return;
    if (whose !== undefined) queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== Viewer.name });
    setWhose(id);
  }, [id, whose, queries]);
  return id === whose ? viewer : undefined;
}

/** The page itself. Whoever goes to another one hears its heading first. */
function Content() {
  const { pathname } = useLocation();
  const main = useRef<HTMLElement>(null);
  const former = useRef(pathname);
  useEffect(() => {
    if (former.current === pathname) return;
    former.current = pathname;
    main.current?.focus({ preventScroll: true });
  }, [pathname]);
  return (
    <main id="content" className="content" tabIndex={-1} ref={main}>
      <Connection />
      <SentNotice />
      <Outlet />
    </main>
  );
}
