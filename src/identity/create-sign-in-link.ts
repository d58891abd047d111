import { z } from 'zod';
import type { Actor } from '../access/actor.ts';
import { doerOf } from '../access/doer.ts';
import { requireOwner, requireScope, requireUnlimited } from '../access/permissions.ts';
import { DomainError, invalidInput } from '../kernel/errors.ts';
import { readInput } from '../kernel/input.ts';
import { findMember, type Member } from '../teams/member-store.ts';
import { makeLink, type NewLink } from './make-link.ts';
import { makerOf } from './maker-of.ts';
import type { IdentityPorts } from './ports.ts';
import { requireNoIdentity } from './require-no-identity.ts';

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
  // A session is not limited, so nothing that is limited makes one.
  requireUnlimited(actor);
  return ports.storage.inTenant(actor, async (tx) => {
    const member = await findMember(tx, login);
    if (member === undefined) throw new DomainError('NOT_FOUND', 'no such member: add them first (addMember)');
    if (member.kind === 'SERVICE') throw invalidInput('member', 'a service account does not sign in: make it a token');
    if (login !== actor.login) await requireNoIdentity(tx, member);
    const link = await makeLink(tx, {
      member,
      mintedBy: await makerOf(tx, actor, member.id),
      doer: doerOf(actor),
      now: ports.now(),
      publicUrl: ports.publicUrl,
    });
    return { ...link, member };
  });
}
