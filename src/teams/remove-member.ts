import { z } from 'zod';
import type { Actor } from '../access/actor.ts';
import { doerOf } from '../access/doer.ts';
import { requireOwner } from '../access/permissions.ts';
import type { Ports } from '../access/ports.ts';
import { appendEvent } from '../audit/append-event.ts';
import { DomainError, invalidInput } from '../kernel/errors.ts';
import { readInput } from '../kernel/input.ts';
import { findMember, lockOwners, type Member, setLeft, setOrgRole } from './member-store.ts';
import { leaveTeams } from './team-store.ts';
import { readTokensKnownTo, revokeAllOf, type Token } from './token-store.ts';

/** Who has left, and the tokens in use that they have made for others. */
export interface Leaving {
  readonly member: Member;
  readonly tokensKnown: readonly Token[];
}

const input = z.object({ login: z.string().trim().toLowerCase().max(254) });

/**
 * Takes a person out of the organization, at once: their tokens and sessions end, they are in no team, and nothing new
 * is made for them until somebody brings them back (addMember). What they asked and decided stays under their name.
 */
export async function removeMember(ports: Ports, actor: Actor, asked: unknown): Promise<Leaving> {
  requireOwner(actor);
  const { login } = readInput(input, asked);
  const left = await ports.storage.inTenant(actor, async (tx) => {
    const now = ports.now();
    const owners = await lockOwners(tx);
    const member = await findMember(tx, login);
    if (member?.kind !== 'HUMAN') throw new DomainError('NOT_FOUND', 'no such person is here');
    if (member.orgRole === 'OWNER' && owners === 1) {
      throw invalidInput('login', `${login} is the last owner: make somebody else an owner first`);
    }
    setOrgRole(tx, member.id, 'MEMBER');
    if (!(await setLeft(tx, member.id, now))) return member;
    const teams = await leaveTeams(tx, member.id);
    const ended = await revokeAllOf(tx, member.id, now);
    await appendEvent(tx, doerOf(actor), now, {
      action: 'member.removed',
      subject: { type: 'member', id: member.id },
      payload: { login, orgRole: member.orgRole, teams, credentials: ended },
    });
    return member;
  });
  const tokensKnown = await readTokensKnownTo(ports.storage.reader(actor), left.id, ports.now());
  return { member: { ...left, orgRole: 'MEMBER' }, tokensKnown };
}
