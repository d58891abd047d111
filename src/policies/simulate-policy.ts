import { z } from 'zod';
import type { Actor } from '../access/actor.ts';
import { requireScope } from '../access/permissions.ts';
import type { Ports } from '../access/ports.ts';
import { readInput } from '../kernel/input.ts';
import type { Judgement } from '../policy/judge.ts';
import { judgeRevision } from '../policy/judge-revision.ts';
import type { PolicyDocument } from '../policy/policy-document.ts';
import { isAutomatic } from '../policy/within-in-force.ts';
import { readRevisions } from '../profiles/profile-reads.ts';
import type { Revision } from '../profiles/revision.ts';
import { currentPolicy } from './current-policy.ts';
import { readLastRequests } from './policy-reads.ts';
import { readPolicy } from './read-policy.ts';
import { requireKnownPeople } from './require-known-people.ts';

/** How many requests of the past a draft can be tried on. */
const MOST_SIMULATED = 500;

const input = z.object({
  document: z.unknown(),
  last: z.int().min(1, 'at least one').max(MOST_SIMULATED, `up to ${MOST_SIMULATED} requests`),
});

/** What a policy would have made of a request: as judged, or let through by itself. */
export type Outcome = Judgement | { readonly kind: 'automatic' };

export interface Simulated {
  readonly requestId: string;
  readonly inForce: Outcome;
  readonly draft: Outcome;
}

/**
 * What a draft would have asked of the last requests, beside what the policy in force asks of them. Nothing is kept. What
 * was in force before each of them is what was then.
 */
export async function simulatePolicy(ports: Ports, actor: Actor, asked: unknown): Promise<readonly Simulated[]> {
  requireScope(actor, 'profiles:read');
  const { document, last } = readInput(input, asked);
  const draft = readPolicy(document);
  const reader = ports.storage.reader(actor);
  // Who proposes it would be told the same; who may not propose learns nothing of people by it.
  if (actor.orgRole === 'OWNER') await requireKnownPeople(reader, draft);
  const [{ document: policy }, requests] = await Promise.all([
    currentPolicy(reader),
    readLastRequests(reader, last, [...actor.credential.teamIds]),
  ]);
  const keys = requests.flatMap(({ profileId, revision, before }) =>
    [revision, before].flatMap((number) => (number === null ? [] : { profileId, number })),
  );
  const revisions = await readRevisions(reader, keys);
  const byKey = new Map(revisions.map((revision) => [`${revision.profileId} ${revision.number}`, revision]));
  return requests.flatMap(({ requestId, profileId, revision, before, team }) => {
    const wanted = byKey.get(`${profileId} ${revision}`);
    const inForce = before === null ? undefined : byKey.get(`${profileId} ${before}`);
    if (wanted === undefined) return [];
    const by = (one: PolicyDocument): Outcome => outcomeOf(one, team, wanted, inForce);
    return { requestId, inForce: by(policy), draft: by(draft) };
  });
}

function outcomeOf(policy: PolicyDocument, team: string, wanted: Revision, before: Revision | undefined): Outcome {
  const judgement = judgeRevision(policy, team, wanted, before?.sets.bounding);
  // How long it was to hold is not looked at: a draft is about what is granted.
  const endless = { expiresAt: null };
  const automatic = isAutomatic(policy, { ...wanted, ...endless }, before && { ...before, ...endless });
  return judgement.kind === 'demanding' && automatic ? { kind: 'automatic' } : judgement;
}
