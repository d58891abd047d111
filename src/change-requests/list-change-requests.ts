import type { Actor } from '../access/actor.ts';
import { holds, requireScope } from '../access/permissions.ts';
import type { Ports } from '../access/ports.ts';
import { isUuid } from '../kernel/ids.ts';
import { type CursorCodec, cursorOf, cutPage, type PageArgs, type PageOf, readPage } from '../kernel/page.ts';
import type { TenantReader } from '../storage/storage.ts';
import { awaits, reviewerOf } from './awaits.ts';
import type { RequestState } from './change-request.ts';
import {
  type RequestFilter,
  type RequestView,
  readChangeRequests,
  readRequestPage,
  readUndecided,
} from './change-request-reads.ts';

export const requestCursor: CursorCodec<readonly [id: string]> = cursorOf(
  'changeRequests',
  ([id, ...rest]) => id !== undefined && isUuid(id) && rest.length === 0,
);

export interface RequestQuery extends PageArgs {
  readonly state?: RequestState | null | undefined;
  readonly team?: string | null | undefined;
  /** Only what the actor has asked for. */
  readonly mine?: boolean | null | undefined;
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
  const filter = { team: query.team ?? undefined, onlyTeams: [...actor.credential.teamIds], now: ports.now() };
  const page = { after: after?.[0], limit: first + 1 };
  const reader = ports.storage.reader(actor);
  if (query.awaitingMyReview !== true) {
    const author = query.mine === true ? actor.memberId : undefined;
    return cutPage(await readRequestPage(reader, { ...filter, author, state: query.state ?? undefined }, page), first);
  }
  // Nothing ever awaits somebody who may not review or who asked for it, and nothing that was decided awaits anybody.
  if (!holds(actor, 'requests:review') || query.mine === true || (query.state ?? 'PENDING') !== 'PENDING') {
    return { rows: [], hasNextPage: false };
  }
  const ids = await awaiting(reader, actor, filter, page);
  const byId = new Map((await readChangeRequests(reader, ids)).map((request) => [request.id, request]));
  return cutPage(
    ids.flatMap((id) => byId.get(id) ?? []),
    first,
  );
}

/** How many pending requests are looked at in one go. */
const BATCH = 200;

/** Ids of the pending requests that the actor could bring nearer to a decision. Who counts where is not for SQL. */
async function awaiting(
  reader: TenantReader,
  actor: Actor,
  filter: Omit<RequestFilter, 'state' | 'author'>,
  page: { readonly after: string | undefined; readonly limit: number },
): Promise<string[]> {
  const reviewer = reviewerOf(actor);
  const found: string[] = [];
  let { after } = page;
  for (;;) {
    const undecided = await readUndecided(reader, filter, { after, limit: BATCH });
    for (const request of undecided) {
      if (awaits(request, reviewer)) found.push(request.id);
      if (found.length === page.limit) return found;
    }
    after = undecided.at(-1)?.id;
    if (undecided.length < BATCH) return found;
  }
}
