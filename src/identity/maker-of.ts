import type { Actor } from '../access/actor.ts';
import { requireOwnCredential } from '../access/permissions.ts';
import type { TenantTx } from '../storage/storage.ts';
import { hasIdentity } from './identity-store.ts';

/**
 * Who counts as behind a credential that somebody makes for a member with the one that they have: they themselves where
 * that is their own. Where somebody else is behind it, that one stays behind what they make for themselves; for others they
 * make nothing with it, since then two would be behind that. The only step back is that of a token which an owner has
 * handed to somebody without a provider: whoever has it makes one of their own with it
 * (docs/adr/0003-who-is-behind-a-token.md).
 */
export async function makerOf(tx: TenantTx, actor: Actor, forMember: string): Promise<string> {
  const { memberId, personId, credential } = actor;
  if (credential.mintedByPersonId === personId) return memberId;
  if (credential.kind === 'API' && !(await hasIdentity(tx, memberId))) return memberId;
  if (forMember !== memberId) requireOwnCredential(actor);
  return credential.mintedBy;
}
