import type { Clock } from '../kernel/clock.ts';
import { DomainError } from '../kernel/errors.ts';
import type { Storage } from '../storage/storage.ts';
import type { TenantCache, TenantView } from '../storage/tenant-cache.ts';
import type { Actor } from './actor.ts';
import { findCredential, type StoredCredential } from './credential-store.ts';
import { readToken } from './token-secret.ts';

export interface AuthenticationPorts {
  readonly storage: Storage;
  readonly cache: TenantCache;
  readonly now: Clock;
}

/** Who asks, and the tenant as it was when they asked. */
export interface Authenticated {
  readonly actor: Actor;
  readonly view: TenantView;
}

interface KnownActor {
  readonly actor: Actor;
  readonly stored: StoredCredential;
}

const BEARER = /^Bearer +([^ ]+) *$/i;

/**
 * Who is behind an `Authorization: Bearer TOKEN` header. Every way to fail gives the same answer, so that it tells
 * nothing about which tokens or tenants exist.
 */
export async function authenticate(ports: AuthenticationPorts, header: string | undefined): Promise<Authenticated> {
  const proof = readToken(BEARER.exec(header ?? '')?.[1] ?? '');
  if (proof === undefined) throw unauthenticated();
  const view = await ports.cache.open(proof);
  const known = await view?.get(`credential ${proof.sha256Hex}`, async () => {
    const stored = await findCredential(ports.storage.reader(proof), proof.sha256);
    return stored === undefined ? undefined : ({ actor: actorOf(proof.orgId, stored), stored } satisfies KnownActor);
  });
  if (view === undefined || known === undefined || known.stored.revoked_at !== null) throw unauthenticated();
  if (known.stored.expires_at !== null && known.stored.expires_at <= ports.now()) throw unauthenticated();
  return { actor: known.actor, view };
}

function actorOf(orgId: string, stored: StoredCredential): Actor {
  return {
    orgId,
    memberId: stored.member_id,
    personId: stored.person_id,
    kind: stored.kind,
    login: stored.login,
    orgRole: stored.org_role,
    teams: new Map(stored.teams),
    credential: {
      tokenId: stored.token_id,
      mintedBy: stored.minted_by,
      mintedByPersonId: stored.minted_by_person_id,
      scopes: new Set(stored.scopes),
      teamIds: new Set(stored.team_ids),
    },
  };
}

function unauthenticated(): DomainError {
  return new DomainError(
    'UNAUTHENTICATED',
    'no valid credential: send "Authorization: Bearer TOKEN" with a token that is neither expired nor revoked',
  );
}
