import { z } from 'zod';
import type { Actor } from '../access/actor.ts';
import { doerOf } from '../access/doer.ts';
import { requireScope } from '../access/permissions.ts';
import type { Ports } from '../access/ports.ts';
import { SCOPES } from '../access/scope.ts';
import { mintToken } from '../access/token-secret.ts';
import { appendEvent } from '../audit/append-event.ts';
import { makerOf } from '../identity/maker-of.ts';
import { requireNoIdentity } from '../identity/require-no-identity.ts';
import { DomainError } from '../kernel/errors.ts';
import { newId } from '../kernel/ids.ts';
import { lifeInDays, MAX_NAME, prose, readInput } from '../kernel/input.ts';
import { findMember } from './member-store.ts';
import { requireTeam } from './require-team.ts';
import { bringInServiceAccount, unlessJustMade } from './service-account.ts';
import { requireMayActFor, requireWithinReach } from './token-reach.ts';
import { insertToken, type Token } from './token-store.ts';

/** How long a token lives when nobody says (days). */
export const DEFAULT_TOKEN_LIFE = 90;
const DAY = 86_400_000;

const input = z.object({
  name: prose('name', MAX_NAME),
  owner: z.string().trim().toLowerCase().max(254),
  scopes: z
    .array(z.enum(SCOPES))
    .min(1, 'name at least one scope')
    .max(SCOPES.length * 2),
  teams: z.array(z.string()).max(100).nullish(),
  expiresInDays: lifeInDays.nullish(),
});

/**
 * Makes a token for a member, or for a service account (made on first use). Its secret is returned this once and not
 * kept. Everybody may make tokens for themselves, maintainers for service accounts of their teams, owners for all; no
 * token can make one that reaches further than itself.
 */
export async function createToken(
  ports: Ports,
  actor: Actor,
  asked: unknown,
): Promise<{ readonly token: Token; readonly secret: string }> {
  requireScope(actor, 'admin');
  const { name, owner, scopes, teams, expiresInDays } = readInput(input, asked);
  return unlessJustMade(owner, () =>
    ports.storage.inTenant(actor, async (tx) => {
      const now = ports.now();
      const limitedTo = await Promise.all([...new Set(teams ?? [])].map((team) => requireTeam(tx, actor, team)));
      const teamIds = limitedTo.map((team) => team.id);
      requireWithinReach(actor, scopes, teamIds);
      const known = await findMember(tx, owner);
      // Of those who are not there yet, people have emails and service accounts have none.
      const kind = known?.kind ?? (owner.includes('@') ? 'HUMAN' : 'SERVICE');
      requireMayActFor(actor, { login: owner, kind }, teamIds);
      if (known?.kind === 'HUMAN' && known.id !== actor.memberId) await requireNoIdentity(tx, known);
      if (known === undefined && kind === 'HUMAN') {
        throw new DomainError('NOT_FOUND', 'no such member: add them first (addMember)');
      }
      const member = known ?? (await bringInServiceAccount(tx, actor, now, owner));
      const { secret, proof } = mintToken(tx.orgId);
      const token: Token = {
        id: newId(),
        kind: 'API',
        name,
        memberId: member.id,
        mintedBy: await makerOf(tx, actor, member.id),
        scopes: [...new Set(scopes)],
        teamIds,
        createdAt: now,
        expiresAt: new Date(now.getTime() + (expiresInDays ?? DEFAULT_TOKEN_LIFE) * DAY),
        revokedAt: null,
        lastUsedAt: null,
        previousUntil: null,
      };
      insertToken(tx, token, proof.sha256);
      await appendEvent(tx, doerOf(actor), now, {
        action: 'token.created',
        subject: { type: 'token', id: token.id },
        payload: {
          name,
          owner: member.login,
          scopes: token.scopes,
          teams: limitedTo.map((team) => team.slug),
          expiresAt: token.expiresAt?.toISOString() ?? null,
        },
      });
      return { token, secret };
    }),
  );
}
