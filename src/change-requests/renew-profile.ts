import { z } from 'zod';
import type { Actor } from '../access/actor.ts';
import { requireScope, seesTeam } from '../access/permissions.ts';
import type { Ports } from '../access/ports.ts';
import { DomainError } from '../kernel/errors.ts';
import { readInput } from '../kernel/input.ts';
import { profileNotFound } from '../profiles/profile-not-found.ts';
import { readProfile } from '../profiles/profile-reads.ts';
import { askInput } from './ask-input.ts';
import { requestProfile } from './request-profile.ts';

const input = askInput.omit({ spec: true }).extend({ team: z.string(), name: z.string() });

/**
 * Asks for what was approved last once more, for another while: a request like every other, of the same meaning. For those
 * who work for the team.
 */
export async function renewProfile(ports: Ports, actor: Actor, asked: unknown): Promise<string> {
  requireScope(actor, 'requests:write');
  readInput(input, asked);
  const { team, name, ...rest } = asked as { readonly team: string; readonly name: string };
  const profile = await readProfile(ports.storage.reader(actor), team, name);
  if (profile === undefined || !seesTeam(actor, profile.team.id)) throw profileNotFound();
  if (profile.approved === null) {
    throw new DomainError('PROFILE_NOT_APPROVED', 'nothing of this profile was approved yet: request it');
  }
  return requestProfile(ports, actor, { team, name, ...rest, spec: profile.approved.spec });
}
