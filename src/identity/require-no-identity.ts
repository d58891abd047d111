import { DomainError } from '../kernel/errors.ts';
import type { TenantTx } from '../storage/storage.ts';
import type { Member } from '../teams/member-store.ts';
import { hasIdentity } from './identity-store.ts';

/**
 * Refuses to make a credential for somebody else who signs in by a provider: they make their own, which nobody else has
 * seen. Where the provider is away, whoever runs the service makes a link (`capward admin sign-in-link`).
 */
export async function requireNoIdentity(tx: TenantTx, { id, login }: Pick<Member, 'id' | 'login'>): Promise<void> {
  if (!(await hasIdentity(tx, id))) return;
  throw new DomainError('FORBIDDEN', `${login} signs in by a provider: nobody else makes what signs them in`);
}
