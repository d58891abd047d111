import { mintToken } from '../access/token-secret.ts';
import { appendEvent } from '../audit/append-event.ts';
import type { Doer } from '../audit/audit-event.ts';
import { newId } from '../kernel/ids.ts';
import type { TenantTx } from '../storage/storage.ts';
import type { Member } from '../teams/member-store.ts';
import { insertLink } from './sign-in-link-store.ts';

/** How long a link can be used (milliseconds). */
const LINK_LIFE = 15 * 60_000;

/** A link to be handed to whom it signs in. Shown this once. */
export interface NewLink {
  readonly url: string;
  readonly expiresAt: Date;
}

/** Whom a link signs in, and who counts as behind that. */
interface LinkStart {
  readonly member: Member;
  readonly mintedBy: string;
  /** As the history names whoever makes it. */
  readonly doer: Doer;
  readonly now: Date;
  readonly publicUrl: string;
}

/**
 * Makes a link that signs `member` in, once. Its secret stands behind the `#` of the address, which browsers keep to
 * themselves: it gets into no log on the way.
 */
export async function makeLink(tx: TenantTx, { member, mintedBy, doer, now, publicUrl }: LinkStart): Promise<NewLink> {
  const { secret, proof } = mintToken(tx.orgId, 'cwl_');
  const link = {
    id: newId(),
    memberId: member.id,
    mintedBy,
    createdAt: now,
    expiresAt: new Date(now.getTime() + LINK_LIFE),
    usedAt: null,
  };
  insertLink(tx, link, proof.sha256);
  await appendEvent(tx, doer, now, {
    action: 'signInLink.created',
    subject: { type: 'signInLink', id: link.id },
    payload: { for: member.login, expiresAt: link.expiresAt.toISOString() },
  });
  return { url: `${publicUrl}/sign-in#token=${secret}`, expiresAt: link.expiresAt };
}
