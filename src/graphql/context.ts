import type { Actor } from '../access/actor.ts';
import type { IdentityPorts } from '../identity/ports.ts';
import type { Loaders } from './loaders.ts';

/** What every resolver gets: who asks, the world, and what this one request has loaded so far. */
export interface GraphQLContext {
  /** What a fault is logged under, and callers quote. */
  readonly requestId: string;
  readonly actor: Actor;
  readonly ports: IdentityPorts;
  readonly loaders: Loaders;
  /** Has the sender pay for what the operation costs, beyond the request itself; throws RateLimited. */
  readonly charge: (cost: number) => void;
}
