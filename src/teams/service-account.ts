import type { Actor } from '../access/actor.ts';
import { doerOf } from '../access/doer.ts';
import { appendEvent } from '../audit/append-event.ts';
import { invalidInput } from '../kernel/errors.ts';
import { newId } from '../kernel/ids.ts';
import { readInput, slug } from '../kernel/input.ts';
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
