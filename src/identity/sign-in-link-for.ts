import { DomainError } from '../kernel/errors.ts';
import { findMember } from '../teams/member-store.ts';
import { makeLink, type NewLink } from './make-link.ts';
import type { IdentityPorts } from './ports.ts';

/**
 * A link for whoever runs the service, who has the database anyway: the first one of an organization, and the way in
 * where its identity provider is away. It counts as made by whom it signs in.
 */
export async function signInLinkFor(
  ports: Pick<IdentityPorts, 'storage' | 'now' | 'publicUrl'>,
  { org, member: login }: { readonly org: string; readonly member: string },
): Promise<NewLink> {
  const tenant = await ports.storage.tenantOf(org);
  if (tenant === undefined) throw new DomainError('NOT_FOUND', `there is no organization ${org}`);
  return ports.storage.inTenant(tenant, async (tx) => {
    const member = await findMember(tx, login.trim().toLowerCase());
    if (member?.kind !== 'HUMAN') throw new DomainError('NOT_FOUND', `no person ${login} is a member of ${org}`);
    const doer = { memberId: member.id, login: member.login, tokenId: null };
    return makeLink(tx, { member, mintedBy: member.id, doer, now: ports.now(), publicUrl: ports.publicUrl });
  });
}
