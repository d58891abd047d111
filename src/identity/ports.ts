import type { FastifyBaseLogger } from 'fastify';
import type { AuthenticationPorts } from '../access/authenticate.ts';
import type { Ports } from '../access/ports.ts';
import type { GivenSecret } from './client-secret.ts';
import type { IssuerKeys } from './issuer-keys.ts';
import type { ProviderClient } from './provider-client.ts';
import type { SecretBox } from './secret-box.ts';

/** What the use cases of this room need besides. */
export interface IdentityPorts extends Ports, Pick<AuthenticationPorts, 'publicUrl' | 'sessions'> {
  readonly providers: ProviderClient;
  readonly issuerKeys: IssuerKeys;
  readonly log: Pick<FastifyBaseLogger, 'info' | 'warn'>;
  /** Seals what a browser carries while it signs in. */
  readonly attempts: SecretBox;
  /** Seals client secrets at rest; undefined where the service was given no key for it. */
  readonly vault: SecretBox | undefined;
  /** Client secrets that the service was given, by the names of their variables. */
  readonly clientSecrets: ReadonlyMap<string, GivenSecret>;
}
