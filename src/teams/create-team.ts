import { z } from 'zod';
import type { Actor } from '../access/actor.ts';
import { doerOf } from '../access/doer.ts';
import { requireOwner } from '../access/permissions.ts';
import type { Ports } from '../access/ports.ts';
import { appendEvent } from '../audit/append-event.ts';
import { DomainError } from '../kernel/errors.ts';
import { newId } from '../kernel/ids.ts';
import { MAX_NAME, prose, readInput, slug } from '../kernel/input.ts';
import { isUniqueViolation } from '../storage/faults.ts';
import { insertTeam, type Team } from './team-store.ts';

const input = z.object({ slug: slug('slug', 'a-z0-9-'), name: prose('name', MAX_NAME) });

/** Makes a team. Owners only. */
export async function createTeam(ports: Ports, actor: Actor, asked: unknown): Promise<Team> {
  requireOwner(actor);
  const team: Team = { id: newId(), ...readInput(input, asked) };
  try {
    await ports.storage.inTenantWithPrisma(actor, async (tx) => {
      const now = ports.now();
      await insertTeam(tx, team, now);
      await appendEvent(tx, doerOf(actor), now, {
        action: 'team.created',
        subject: { type: 'team', id: team.id },
        teamId: team.id,
        payload: { slug: team.slug, name: team.name },
      });
    });
  } catch (error) {
    if (isUniqueViolation(error)) throw new DomainError('ALREADY_EXISTS', `there is a team ${team.slug} already`);
    throw error;
  }
  return team;
}
