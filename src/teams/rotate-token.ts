import { z } from 'zod';
import type { Actor } from '../access/actor.ts';
import { doerOf } from '../access/doer.ts';
import { requireScope } from '../access/permissions.ts';
import type { Ports } from '../access/ports.ts';
import { mintToken } from '../access/token-secret.ts';
import { appendEvent } from '../audit/append-event.ts';
import { makerOf } from '../identity/maker-of.ts';
import { requireNoIdentity } from '../identity/require-no-identity.ts';
import { DomainError, invalidInput } from '../kernel/errors.ts';
import { decodeId } from '../kernel/ids.ts';
import { lifeInDays, readInput } from '../kernel/input.ts';
import { DEFAULT_TOKEN_LIFE } from './create-token.ts';
import { reachesAsFarAs, requireMayActFor, requireWithinReach } from './token-reach.ts';
import { type LockedToken, lockToken, setSecret, type Token } from './token-store.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** How long an old secret may go on (hours); a week is time enough to carry the new one everywhere. */
const MAX_OVERLAP = 168;
const DEFAULT_OVERLAP = 24;

const input = z.object({
  id: z.string(),
  overlapHours: z
    .int('a whole number of hours')
    .min(0, 'not less than none')
    .max(MAX_OVERLAP, `at most ${MAX_OVERLAP} hours`)
    .nullish(),
  expiresInDays: lifeInDays.nullish(),
});

/**
 * Gives a token another secret; it stays the same token, with its name and history. The old secret goes on for the
 * overlap where whoever rotates it has made it too. Otherwise it ends at once: of two people who have each seen a secret
 * that works, only one could be said to be behind the token.
 */
export async function rotateToken(
  ports: Ports,
  actor: Actor,
  asked: unknown,
): Promise<{ readonly token: Token; readonly secret: string }> {
  requireScope(actor, 'admin');
  const { id: asId, overlapHours, expiresInDays } = readInput(input, asked);
  const id = decodeId('token', asId);
  return ports.storage.inTenant(actor, async (tx) => {
    const now = ports.now();
    const token = id === undefined ? undefined : await lockToken(tx, id);
    if (token === undefined || !isWithinSight(actor, token)) throw new DomainError('NOT_FOUND', 'no such token');
    requireMayActFor(actor, { login: token.login, kind: token.ownerKind }, token.teamIds);
    requireWithinReach(actor, token.scopes, token.teamIds);
    if (token.ownerKind === 'HUMAN' && token.memberId !== actor.memberId) {
      await requireNoIdentity(tx, { id: token.memberId, login: token.login });
    }
    if (token.revokedAt !== null || (token.expiresAt !== null && token.expiresAt <= now)) {
      throw invalidInput('id', 'the token has ended: make a new one');
    }
    const maker = await makerOf(tx, actor, token.memberId);
    const overlap = overlapOf(token, maker, overlapHours);
    const { secret, proof } = mintToken(tx.orgId);
    const rotated: Token = {
      ...token,
      mintedBy: maker,
      expiresAt: new Date(now.getTime() + (expiresInDays ?? DEFAULT_TOKEN_LIFE) * DAY),
      previousUntil: overlap === 0 ? null : new Date(now.getTime() + overlap * HOUR),
    };
    setSecret(tx, rotated, proof.sha256);
    await appendEvent(tx, doerOf(actor), now, {
      action: 'token.rotated',
      subject: { type: 'token', id: token.id },
      payload: {
        name: token.name,
        owner: token.login,
        expiresAt: rotated.expiresAt?.toISOString() ?? null,
        previousUntil: rotated.previousUntil?.toISOString() ?? null,
      },
    });
    return { token: rotated, secret };
  });
}

/** Whether a token can be seen at all: one's own, one that one has made, or as far as owners and maintainers see. */
function isWithinSight(actor: Actor, token: LockedToken): boolean {
  if (token.kind !== 'API') return false;
  if (token.memberId === actor.memberId || token.mintedBy === actor.memberId) return true;
  if (!reachesAsFarAs(actor, token.teamIds)) return false;
  return actor.orgRole === 'OWNER' || token.teamIds.some((teamId) => actor.teams.has(teamId));
}

function overlapOf(token: LockedToken, maker: string, asked: number | null | undefined): number {
  const isSameMaker = token.mintedBy === maker;
  if (!isSameMaker && asked != null && asked > 0) {
    throw invalidInput('overlapHours', 'somebody else has made this token: its old secret ends at once, so say 0');
  }
  return isSameMaker ? (asked ?? DEFAULT_OVERLAP) : 0;
}
