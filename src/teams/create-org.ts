import { z } from 'zod';
import type { Ports } from '../access/ports.ts';
import { SCOPES } from '../access/scope.ts';
import { mintToken } from '../access/token-secret.ts';
import { appendEvent } from '../audit/append-event.ts';
import { DomainError } from '../kernel/errors.ts';
import { newId } from '../kernel/ids.ts';
import { email, readInput, slug } from '../kernel/input.ts';
import { isUniqueViolation } from '../storage/faults.ts';
import { insertMember, type Member } from './member-store.ts';
import { insertOrg } from './org-store.ts';
import { insertToken, type Token } from './token-store.ts';

const input = z.object({
  slug: slug('slug', 'a-z0-9-'),
  owner: email,
});

export interface NewOrg {
  readonly organization: { readonly id: string; readonly slug: string };
  readonly owner: string;
  /** The owner's first token: every scope, no end. Shown this once. */
  readonly token: string;
}

/** Makes a tenant with its first owner. For whoever runs the service: there is no way to it through the API. */
export async function createOrg(ports: Ports, asked: unknown): Promise<NewOrg> {
  const { slug: orgSlug, owner: login } = readInput(input, asked);
  const orgId = newId();
  const owner: Member = { id: newId(), kind: 'HUMAN', login, orgRole: 'OWNER' };
  const { secret, proof } = mintToken(orgId);
  try {
    await ports.storage.inTenantWithPrisma({ orgId }, async (tx) => {
      const now = ports.now();
      const doer = { memberId: owner.id, login, tokenId: null };
      await insertOrg(tx, orgSlug, now);
      await insertMember(tx, owner, now);
      const token: Token = {
        id: newId(),
        kind: 'API',
        name: 'first token',
        memberId: owner.id,
        mintedBy: owner.id,
        scopes: SCOPES,
        teamIds: [],
        createdAt: now,
        expiresAt: null,
        revokedAt: null,
        lastUsedAt: null,
        previousUntil: null,
      };
      insertToken(tx, token, proof.sha256);
      await appendEvent(tx, doer, now, {
        action: 'org.created',
        subject: { type: 'org', id: orgId },
        payload: { slug: orgSlug, owner: login },
      });
    });
  } catch (error) {
    if (isUniqueViolation(error))
      throw new DomainError('ALREADY_EXISTS', `there is an organization ${orgSlug} already`);
    throw error;
  }
  return { organization: { id: orgId, slug: orgSlug }, owner: login, token: secret };
}
