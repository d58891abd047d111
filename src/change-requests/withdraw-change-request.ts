import type { Actor } from '../access/actor.ts';
import { doerOf } from '../access/doer.ts';
import { maintains, requireScope } from '../access/permissions.ts';
import type { Ports } from '../access/ports.ts';
import { appendEvent } from '../audit/append-event.ts';
import { nextState } from './change-request.ts';
import { updateState } from './change-request-store.ts';
import { requireRequest } from './require-request.ts';

/** Takes a pending request back. For its author and the maintainers of its team. */
export async function withdrawChangeRequest(
  ports: Ports,
  actor: Actor,
  asked: { readonly id: string },
): Promise<string> {
  requireScope(actor, 'requests:write');
  return ports.storage.inTenant(actor, async (tx) => {
    const now = ports.now();
    const request = await requireRequest(tx, actor, asked.id);
    const maintainsTeam = maintains(actor, request.teamId);
    const state = nextState(request, { kind: 'withdraw', memberId: actor.memberId, maintainsTeam }, now);
    updateState(tx, request.id, state, now);
    await appendEvent(tx, doerOf(actor), now, {
      action: 'request.withdrawn',
      subject: { type: 'changeRequest', id: request.id },
      teamId: request.teamId,
      profileId: request.profileId,
      payload: {
        team: request.teamSlug,
        profile: request.profileName,
        revision: request.revision,
        digest: request.digest,
      },
    });
    return request.id;
  });
}
