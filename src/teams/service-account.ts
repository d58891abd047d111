import type { Actor } from '../access/actor.ts';
import { doerOf } from '../access/doer.ts';
import { appendEvent } from '../audit/append-event.ts';
import { DomainError, invalidInput } from '../kernel/errors.ts';
import { newId } from '../kernel/ids.ts';
import { readInput, slug } from '../kernel/input.ts';
import { isUniqueViolation } from '../storage/faults.ts';
import type { TenantTx } from '../storage/storage.ts';
import { findMember, insertMember, type Member } from './member-store.ts';

const serviceName = slug('the name of a service account', 'a-z0-9._-');

/** The service account of that name, made on first use. */
export async function bringInServiceAccount(tx: TenantTx, actor: Actor, now: Date, name: string): Promise<Member> {
  const known = await findMember(tx, name);
  if (known?.kind === 'HUMAN') throw invalidInput('serviceAccount', `${name} is a person`);
  if (known !== undefined) return known;
  const account: Member = { id: newId(), kind: 'SERVICE', login: readInput(serviceName, name), orgRole: 'MEMBER' };
  await insertMember(tx, account, now);
  await appendEvent(tx, doerOf(actor), now, {
    action: 'member.added',
    subject: { type: 'member', id: account.id },
    payload: { login: name, kind: 'SERVICE', orgRole: 'MEMBER' },
  });
  return account;
}

/** Does what brings a service account in, and says so where somebody else brings in the same one at that moment. */
export async function unlessJustMade<T>(name: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    throw new DomainError('ALREADY_EXISTS', `${name} was made by somebody else at this very moment: try again`);
  }
}
