import { z } from 'zod';
import type { Actor } from '../access/actor.ts';
import { doerOf } from '../access/doer.ts';
import { requireOwner, requireScope } from '../access/permissions.ts';
import { SCOPES } from '../access/scope.ts';
import { DomainError, invalidInput } from '../kernel/errors.ts';
import { readInput } from '../kernel/input.ts';
import { findMember, type Member } from '../teams/member-store.ts';
import { makeLink, type NewLink } from './make-link.ts';
import type { IdentityPorts } from './ports.ts';

const input = z.object({ member: z.string().trim().toLowerCase().max(254) });

/**
 * Makes a link that signs a person in, once and within a quarter of an hour. Everybody may make one for themselves,
 * owners for all. Whoever makes it counts as behind what is done with the session, as with tokens
 * (docs/adr/0003-who-is-behind-a-token.md).
 */
export async function createSignInLink(
  ports: IdentityPorts,
  actor: Actor,
  asked: unknown,
): Promise<NewLink & { readonly member: Member }> {
  requireScope(actor, 'admin');
  const { member: login } = readInput(input, asked);
  if (login !== actor.login) requireOwner(actor);
  requireWholeCredential(actor);
  return ports.storage.inTenant(actor, async (tx) => {
    const member = await findMember(tx, login);
    if (member === undefined) throw new DomainError('NOT_FOUND', 'no such member: add them first (addMember)');
    if (member.kind === 'SERVICE') throw invalidInput('member', 'a service account does not sign in: make it a token');
    const link = await makeLink(tx, { member, maker: doerOf(actor), now: ports.now(), publicUrl: ports.publicUrl });
    return { ...link, member };
  });
}

/** A session is not limited, so nothing that is limited makes one: no credential reaches further than its maker. */
function requireWholeCredential({ credential }: Actor): void {
  const missing = SCOPES.filter((scope) => !credential.scopes.has(scope));
  if (missing.length > 0 || credential.teamIds.size > 0) {
    throw new DomainError(
      'FORBIDDEN',
      'a session has every scope and every team, and your token has not: use one without limits',
    );
  }
}
