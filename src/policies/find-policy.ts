import type { Actor } from '../access/actor.ts';
import { requireScope } from '../access/permissions.ts';
import type { Ports } from '../access/ports.ts';
import { type CurrentPolicy, currentPolicy } from './current-policy.ts';

/** The policy in force. */
export async function findPolicy(ports: Ports, actor: Actor): Promise<CurrentPolicy> {
  requireScope(actor, 'profiles:read');
  return currentPolicy(ports.storage.reader(actor));
}
