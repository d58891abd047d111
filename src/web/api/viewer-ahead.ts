import { Viewer } from './operations.gen.ts';
import { askAhead } from './queries.ts';
import { isSignedIn } from './session.ts';
import type { ViewerSeen } from './viewer.ts';

/** Does something once it is known who looks; nothing where nobody is signed in. */
export async function onceViewed(act: (viewer: ViewerSeen) => unknown): Promise<void> {
  const seen = isSignedIn() ? await askAhead(Viewer, {}) : undefined;
  if (seen !== undefined) act(seen.viewer);
}
