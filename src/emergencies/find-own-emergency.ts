import type { Actor } from '../access/actor.ts';
import type { Ports } from '../access/ports.ts';
import type { Emergency } from './emergency.ts';
import { findEmergency } from './emergency-store.ts';

/** The emergency after the actor's own change of it. */
export async function readOwnEmergency(ports: Ports, actor: Actor, uuid: string): Promise<Emergency> {
  const emergency = await findEmergency(ports.storage.reader(actor), uuid);
  if (emergency === undefined) throw new Error('an emergency vanished right after it was changed');
  return emergency;
}
