import DataLoader from 'dataloader';
import type { Actor } from '../access/actor.ts';
import type { Ports } from '../access/ports.ts';
import {
  type RequestView,
  type ReviewView,
  readChangeRequests,
  readPendingOf,
  readReviewsOf,
} from '../change-requests/change-request-reads.ts';
import { type CommentView, readCommentsOf } from '../change-requests/comment-store.ts';
import { type Decided, readInForceBefore } from '../change-requests/in-force-before.ts';
import { type Lately, readLately } from '../change-requests/lately-reads.ts';
import { type Reviewing, readReviewing } from '../change-requests/reviewing-reads.ts';
import { readTalk, type Talk } from '../change-requests/talk-reads.ts';
import type { Emergency } from '../emergencies/emergency.ts';
import { readOpenEmergenciesOf } from '../emergencies/emergency-store.ts';
import type { Profile } from '../profiles/profile.ts';
import {
  type RevisionKey,
  type RevisionPage,
  readProfiles,
  readRevisionPages,
  readRevisions,
} from '../profiles/profile-reads.ts';
import type { Revision } from '../profiles/revision.ts';
import { type Member, readMembers } from '../teams/member-store.ts';
import { type Org, readOrg } from '../teams/org-store.ts';
import { readTeamMembers, readTeams, type Team, type TeamMembership } from '../teams/team-store.ts';

/** One statement a kind of thing and level of the query, however many things there are. Lives for one request. */
export interface Loaders {
  readonly org: DataLoader<string, Org>;
  readonly profile: DataLoader<string, Profile>;
  readonly revision: DataLoader<RevisionKey, Revision, string>;
  readonly inForceBefore: DataLoader<Decided, Revision | null, string>;
  readonly revisionPage: DataLoader<RevisionPage, readonly Revision[], string>;
  readonly changeRequest: DataLoader<string, RequestView>;
  readonly pendingOf: DataLoader<string, RequestView | null>;
  readonly commentsOf: DataLoader<string, readonly CommentView[]>;
  readonly talkOf: DataLoader<string, Talk>;
  readonly reviewsOf: DataLoader<string, readonly ReviewView[]>;
  readonly openEmergenciesOf: DataLoader<string, readonly Emergency[]>;
  readonly latelyOf: DataLoader<string, Lately>;
  readonly team: DataLoader<string, Team>;
  readonly teamMembers: DataLoader<string, readonly TeamMembership[]>;
  readonly member: DataLoader<string, Member>;
  readonly reviewers: DataLoader<string, readonly Reviewing[]>;
}

/** Reference rows are never deleted, so one that is missing is a fault of ours. */
function inOrder<Key, Row>(keys: readonly Key[], rows: readonly Row[], keyOf: (row: Row) => Key): (Row | Error)[] {
  const byKey = new Map(rows.map((row) => [keyOf(row), row]));
  return keys.map((key) => byKey.get(key) ?? new Error(`a referenced row is missing: ${String(key)}`));
}

function grouped<Row>(keys: readonly string[], rows: readonly Row[], keyOf: (row: Row) => string): Row[][] {
  const groups = new Map<string, Row[]>(keys.map((key) => [key, []]));
  for (const row of rows) groups.get(keyOf(row))?.push(row);
  return keys.map((key) => groups.get(key) ?? []);
}

export function createLoaders(ports: Ports, actor: Actor): Loaders {
  const reader = ports.storage.reader(actor);
  const keyOf = ({ profileId, number }: RevisionKey): string => `${profileId} ${number}`;
  return {
    org: new DataLoader(async (ids) => {
      const own = await readOrg(reader);
      return inOrder(ids, own === undefined ? [] : [own], ({ id }) => id);
    }),
    profile: new DataLoader(async (ids) => inOrder(ids, await readProfiles(reader, ids), ({ id }) => id)),
    revision: new DataLoader(async (keys) => inOrder(keys.map(keyOf), await readRevisions(reader, keys), keyOf), {
      cacheKeyFn: keyOf,
    }),
    inForceBefore: new DataLoader(async (decided) => readInForceBefore(reader, decided), {
      cacheKeyFn: ({ profileId, revision }) => `${profileId} ${revision}`,
    }),
    revisionPage: new DataLoader(async (pages) => readRevisionPages(reader, pages), {
      cacheKeyFn: ({ profileId, after, limit }) => `${profileId} ${after ?? ''} ${limit}`,
    }),
    changeRequest: new DataLoader(async (ids) => inOrder(ids, await readChangeRequests(reader, ids), ({ id }) => id)),
    pendingOf: new DataLoader(async (ids) => {
      const byProfile = new Map(
        (await readPendingOf(reader, ids, ports.now())).map((request) => [request.profileId, request]),
      );
      return ids.map((id) => byProfile.get(id) ?? null);
    }),
    commentsOf: new DataLoader(async (ids) =>
      grouped(ids, await readCommentsOf(reader, ids), ({ requestId }) => requestId),
    ),
    talkOf: new DataLoader(async (ids) => readTalk(reader, ids)),
    reviewsOf: new DataLoader(async (ids) =>
      grouped(ids, await readReviewsOf(reader, ids), ({ requestId }) => requestId),
    ),
    openEmergenciesOf: new DataLoader(async (ids) =>
      grouped(ids, await readOpenEmergenciesOf(reader, ids), ({ profileId }) => profileId),
    ),
    latelyOf: new DataLoader(async (ids) => readLately(reader, ids, ports.now())),
    team: new DataLoader(async (ids) => inOrder(ids, await readTeams(reader, ids), ({ id }) => id)),
    teamMembers: new DataLoader(async (ids) =>
      grouped(ids, await readTeamMembers(reader, ids), ({ teamId }) => teamId),
    ),
    reviewers: new DataLoader(async (ids) => readReviewing(reader, ids)),
    member: new DataLoader(async (ids) => inOrder(ids, await readMembers(reader, ids), ({ id }) => id)),
  };
}

/** Forgets what was loaded before a change, so that what is shown after it is what it left behind. */
export function forgetAll(loaders: Loaders): void {
  for (const loader of Object.values(loaders) as DataLoader<unknown, unknown>[]) loader.clearAll();
}
