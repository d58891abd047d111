import type { ReactNode } from 'react';
import { governs, isOwner, useViewer } from '../api/viewer.ts';
import { Empty } from '../ui/page.tsx';

/** What only owners see, with a credential that may. */
export function OwnersOnly({ children }: { readonly children: ReactNode }) {
  const viewer = useViewer();
  if (!isOwner(viewer)) {
    return (
      <Empty title="Owners look after this">
        <p>Ask one of them where something here has to change.</p>
      </Empty>
    );
  }
  if (!governs(viewer)) {
    return (
      <Empty title="This token may not look at this">
        <p>Sign in with a browser, or with a token of the scope admin for every team.</p>
      </Empty>
    );
  }
  return children;
}
