import type { Actor } from '../access/actor.ts';
import { holds, requireScope } from '../access/permissions.ts';
import type { Ports } from '../access/ports.ts';
import { isUuid } from '../kernel/ids.ts';
import { type CursorCodec, cursorOf, cutPage, type PageArgs, type PageOf, readPage } from '../kernel/page.ts';
import type { RequestState } from './change-request.ts';
import { type RequestView, readRequestPage } from './change-request-store.ts';

export const requestCursor: CursorCodec<readonly [id: string]> = cursorOf(
  'changeRequests',
  ([id, ...rest]) => id !== undefined && isUuid(id) && rest.length === 0,
);

export interface RequestQuery extends PageArgs {
  readonly state?: RequestState | null | undefined;
  readonly team?: string | null | undefined;
  /** Only what the actor may decide and has not decided yet. */
  readonly awaitingMyReview?: boolean | null | undefined;
}

/** Requests, newest first. */
export async function listChangeRequests(
  ports: Ports,
  actor: Actor,
  query: RequestQuery,
): Promise<PageOf<RequestView>> {
  requireScope(actor, 'profiles:read');
  const { first, after } = readPage(query, requestCursor);
  const awaitingMine = query.awaitingMyReview ?? false;
  // Nothing ever awaits somebody who may not review.
  if (awaitingMine && !holds(actor, 'requests:review')) return { rows: [], hasNextPage: false };
  const rows = await readRequestPage(
    ports.storage.reader(actor),
    {
      state: query.state ?? undefined,
      team: query.team ?? undefined,
      awaiting: awaitingMine ? { memberId: actor.memberId, tokenMintedBy: actor.credential.mintedBy } : undefined,
      onlyTeams: [...actor.credential.teamIds],
    },
    { after: after?.[0], limit: first + 1 },
  );
  return cutPage(rows, first);
}
