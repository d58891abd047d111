import { createHash } from 'node:crypto';
import type { AuditAction } from '../kernel/audit-actions.ts';
import { canonicalJson, type Json } from '../kernel/canonical-json.ts';

export type SubjectType =
  | 'org'
  | 'team'
  | 'member'
  | 'token'
  | 'signInLink'
  | 'session'
  | 'changeRequest'
  | 'profile'
  | 'policyProposal'
  | 'emergency'
  | 'identityProvider'
  | 'workloadRule';

/** What happened, as a use case says it. */
export interface Happening {
  readonly action: AuditAction;
  readonly subject: { readonly type: SubjectType; readonly id: string };
  readonly teamId?: string;
  readonly profileId?: string;
  /** What is needed to understand the event without the rest of the database. */
  readonly payload: { readonly [key: string]: Json };
}

/** Who did it: ids, and the name that they had then. */
export interface Doer {
  readonly memberId: string;
  readonly login: string;
  readonly tokenId: string | null;
}

/** Who does what happens by itself, when a time is over. */
export const CAPWARD: Doer = { memberId: '00000000-0000-0000-0000-000000000000', login: 'capward', tokenId: null };

/**
 * The whole event as canonical JSON. The record holds everything that is worth proving, so that a copy of it alone
 * can be checked against its leaf hash.
 */
export function recordOf(event: Happening & { orgId: string; seq: bigint; at: Date; doer: Doer }): string {
  return canonicalJson({
    version: 1,
    org: event.orgId,
    seq: event.seq.toString(),
    at: event.at.toISOString(),
    actor: { member: event.doer.memberId, login: event.doer.login, token: event.doer.tokenId },
    action: event.action,
    subject: { type: event.subject.type, id: event.subject.id },
    team: event.teamId ?? null,
    profile: event.profileId ?? null,
    payload: event.payload,
  });
}

/** The leaf hash of RFC 6962 (Certificate Transparency): SHA-256 of a zero byte and the record. */
export function leafHash(record: string): Buffer<ArrayBuffer> {
  return createHash('sha256')
    .update(Buffer.from([0]))
    .update(record, 'utf8')
    .digest();
}
