import { SCOPES } from '../access/scope.ts';
import { mintToken } from '../access/token-secret.ts';
import { appendEvent } from '../audit/append-event.ts';
import type { Json } from '../kernel/canonical-json.ts';
import { newId } from '../kernel/ids.ts';
import type { TenantTx } from '../storage/storage.ts';
import type { Member } from '../teams/member-store.ts';
import { insertToken, type Token } from '../teams/token-store.ts';

/** A session that has just begun. Its secret goes into the browser's cookie and is not kept. */
export interface BegunSession {
  readonly session: Token;
  readonly secret: string;
}

export interface SessionStart {
  readonly member: Member;
  /** Who is behind it: the person themself, or whoever made the link that they signed in with. */
  readonly mintedBy: string;
  /** What the browser calls itself. */
  readonly client: string | undefined;
  readonly now: Date;
  /** Milliseconds. */
  readonly life: number;
  /** How they signed in, for the history. */
  readonly by: { readonly [key: string]: Json };
}

/**
 * Begins a session of a person, in the transaction that found out who they are. It is a credential with every scope: what
 * it really can do is what the person's role carries, at each request.
 */
export async function beginSession(tx: TenantTx, start: SessionStart): Promise<BegunSession> {
  const { member, mintedBy, now, life } = start;
  const { secret, proof } = mintToken(tx.orgId, 'cws_');
  const session: Token = {
    id: newId(),
    kind: 'SESSION',
    name: shownClient(start.client),
    memberId: member.id,
    mintedBy,
    scopes: SCOPES,
    teamIds: [],
    createdAt: now,
    expiresAt: new Date(now.getTime() + life),
    revokedAt: null,
    lastUsedAt: null,
    previousUntil: null,
  };
  insertToken(tx, session, proof.sha256);
  await appendEvent(tx, { memberId: member.id, login: member.login, tokenId: session.id }, now, {
    action: 'session.begun',
    subject: { type: 'session', id: session.id },
    payload: {
      login: member.login,
      client: session.name,
      expiresAt: session.expiresAt?.toISOString() ?? null,
      ...start.by,
    },
  });
  return { session, secret };
}

const MAX_CLIENT = 200;

/** What a browser calls itself, as far as it can be shown. */
function shownClient(name: string | undefined): string {
  const text = (name ?? '').replaceAll(/[^\x20-\x7e]+/g, ' ').trim();
  return text.slice(0, MAX_CLIENT) || 'unknown browser';
}
