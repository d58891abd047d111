import type { Actor } from '../access/actor.ts';
import { doerOf } from '../access/doer.ts';
import { appendEvent } from '../audit/append-event.ts';
import { insertApproval } from '../profiles/profile-store.ts';
import type { TenantTx } from '../storage/storage.ts';
import { updateState } from './change-request-store.ts';

/** What comes in force by itself, and what it takes the place of. */
export interface Automatic {
  readonly requestId: string;
  readonly teamId: string;
  readonly teamSlug: string;
  readonly profileId: string;
  readonly profileName: string;
  readonly revision: number;
  readonly digest: string;
  readonly supersedes: number | null;
  readonly expiresAt: Date | null;
}

/** Puts in force what grants nothing beyond what is in force; the database looks at the sets again. Says so in the history. */
export async function approveAutomatically(tx: TenantTx, actor: Actor, what: Automatic, now: Date): Promise<void> {
  const { requestId, teamId, teamSlug, profileId, profileName, revision, digest, supersedes, expiresAt } = what;
  insertApproval(tx, { profileId, revision, requestId, approvedAt: now, expiresAt, automatic: true });
  updateState(tx, requestId, 'APPROVED', now);
  await appendEvent(tx, doerOf(actor), now, {
    action: 'request.approved',
    subject: { type: 'changeRequest', id: requestId },
    teamId,
    profileId,
    payload: {
      team: teamSlug,
      profile: profileName,
      revision,
      digest,
      supersedes,
      expiresAt: expiresAt?.toISOString() ?? null,
      automatic: 'it grants nothing beyond what was in force, for no longer',
    },
  });
}
