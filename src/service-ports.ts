import { randomBytes } from 'node:crypto';
import type { FastifyBaseLogger } from 'fastify';
import type { AuthenticationPorts, SessionLimits } from './access/authenticate.ts';
import { LastUse } from './access/last-use.ts';
import type { GivenSecret } from './identity/client-secret.ts';
import { IssuerKeys } from './identity/issuer-keys.ts';
import type { IdentityPorts } from './identity/ports.ts';
import { ProviderClient } from './identity/provider-client.ts';
import { SecretBox } from './identity/secret-box.ts';
import { type Clock, systemClock } from './kernel/clock.ts';
import type { Storage } from './storage/storage.ts';
import { TenantCache } from './storage/tenant-cache.ts';

/** Everything that the use cases of all rooms need of the world. */
export interface ServicePorts extends AuthenticationPorts, IdentityPorts {
  readonly lastUse: LastUse;
}

export interface PortOptions {
  readonly log: Pick<FastifyBaseLogger, 'info' | 'warn'>;
  readonly now?: Clock;
  /** The address at which people use the service: scheme, host and port. */
  readonly publicUrl?: string;
  readonly sessions?: SessionLimits;
  /** What secrets at rest are sealed with; left out, none can be kept, and sign-ins end with the process. */
  readonly secret?: string | undefined;
  /** Client secrets at identity providers, by the names of their variables. */
  readonly clientSecrets?: ReadonlyMap<string, GivenSecret>;
}

const MINUTE = 60_000;
const DEFAULT_URL = 'http://127.0.0.1:4000';
const DEFAULT_SESSIONS: SessionLimits = { life: 12 * 60 * MINUTE, idle: 60 * MINUTE };

/** How often the last use of a credential is written down, at the most (milliseconds). */
const LAST_USE_EVERY = 5 * MINUTE;

export function servicePorts(storage: Storage, options: PortOptions): ServicePorts {
  const { log, now = systemClock, publicUrl = DEFAULT_URL, sessions = DEFAULT_SESSIONS } = options;
  // What is written seldom must still be written well before a session counts as unused.
  const lastUse = new LastUse(storage, now, Math.min(LAST_USE_EVERY, sessions.idle / 6), (error) => {
    log.warn({ err: error }, 'the last use of a credential could not be written down');
  });
  const { secret, clientSecrets = new Map() } = options;
  return {
    storage,
    now,
    cache: new TenantCache(storage),
    lastUse,
    publicUrl,
    sessions,
    providers: new ProviderClient(publicUrl, log),
    issuerKeys: new IssuerKeys(publicUrl),
    log,
    attempts: new SecretBox(secret ?? randomBytes(32), 'sign-in attempts'),
    vault: secret === undefined ? undefined : new SecretBox(secret, 'client secrets'),
    clientSecrets,
  };
}
