import type { Clock } from '../kernel/clock.ts';
import type { Storage } from '../storage/storage.ts';

/** What a use case needs of the world. */
export interface Ports {
  readonly storage: Storage;
  readonly now: Clock;
}
