import type { Clock } from '../kernel/clock.ts';
import { DomainError } from '../kernel/errors.ts';
import type { Storage } from '../storage/storage.ts';
import type { TenantCache, TenantView } from '../storage/tenant-cache.ts';
import type { Actor } from './actor.ts';
import { findCredential, type StoredCredential } from './credential-store.ts';
import type { LastUse } from './last-use.ts';
import { readToken, type TokenProof } from './token-secret.ts';

/** How long sessions last (milliseconds). */
export interface SessionLimits {
  /** From sign-in to the end, whatever is done in between. */
  readonly life: number;
  /** Without a request. */
  readonly idle: number;
}

export interface AuthenticationPorts {
  readonly storage: Storage;
  readonly cache: TenantCache;
  readonly now: Clock;
  readonly lastUse: Pick<LastUse, 'of' | 'note'>;
  readonly sessions: SessionLimits;
  /** The address at which people use the service: scheme, host and port. */
  readonly publicUrl: string;
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
  return whoProves(ports, readToken(BEARER.exec(header ?? '')?.[1] ?? ''));
}

/** Who is behind the secret of a session, as its cookie carries it. */
export async function authenticateSession(ports: AuthenticationPorts, secret: string): Promise<Authenticated> {
  return whoProves(ports, readToken(secret, 'cws_'));
}

async function whoProves(ports: AuthenticationPorts, proof: TokenProof | undefined): Promise<Authenticated> {
  if (proof === undefined) throw unauthenticated();
  const view = await ports.cache.open(proof);
  const known = await view?.get(`credential ${proof.sha256Hex}`, async () => {
    const stored = await findCredential(ports.storage.reader(proof), proof.sha256);
    return stored === undefined ? undefined : ({ actor: actorOf(proof.orgId, stored), stored } satisfies KnownActor);
  });
  if (view === undefined || known === undefined || known.stored.revoked_at !== null) throw unauthenticated();
  const { actor, stored } = known;
  if (stored.expires_at !== null && stored.expires_at <= ports.now()) throw unauthenticated();
  if (stored.token_kind === 'SESSION' && (await isIdle(ports, proof, stored))) throw unauthenticated();
  ports.lastUse.note(proof, stored.token_id, stored.last_used_at);
  return { actor, view };
}

/** Whether a session has gone unused for too long. Before that is said, the database is asked: others may have seen it. */
async function isIdle(ports: AuthenticationPorts, proof: TokenProof, stored: StoredCredential): Promise<boolean> {
  const since = ports.now().getTime() - ports.sessions.idle;
  if (ports.lastUse.of(stored.token_id, lastUseIn(stored)) > since) return false;
  const current = await findCredential(ports.storage.reader(proof), proof.sha256);
  return current === undefined || lastUseIn(current).getTime() <= since;
}

const lastUseIn = ({ last_used_at, created_at }: StoredCredential): Date => last_used_at ?? created_at;

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
      kind: stored.token_kind,
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
    'no valid credential: send "Authorization: Bearer TOKEN" with a token that is neither expired nor revoked, or sign in',
  );
}
