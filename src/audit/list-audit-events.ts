import type { Actor } from '../access/actor.ts';
import { requireScope, seesTeam, seesWholeHistory, worksFor } from '../access/permissions.ts';
import type { Ports } from '../access/ports.ts';
import { DomainError, invalidInput } from '../kernel/errors.ts';
import { type CursorCodec, cursorOf, cutPage, type PageArgs, type PageOf, readPage } from '../kernel/page.ts';
import { readProfile } from '../profiles/profile-reads.ts';
import { readTeamBySlug } from '../teams/team-store.ts';
import { AUDIT_ACTIONS } from './audit-event.ts';
import { type AuditEventView, readAuditPage } from './audit-reads.ts';

export const auditCursor: CursorCodec<readonly [seq: string]> = cursorOf(
  'auditEvents',
  ([seq, ...rest]) => seq !== undefined && /^[1-9]\d{0,17}$/.test(seq) && rest.length === 0,
);

export interface AuditQuery extends PageArgs {
  /** Slug of a team. */
  readonly team?: string | null | undefined;
  /** Name of a profile of that team. */
  readonly profile?: string | null | undefined;
  readonly action?: string | null | undefined;
}

const NOTHING: PageOf<AuditEventView> = { rows: [], hasNextPage: false };

/**
 * The history, newest first. Owners, approvers and auditors see all of it; members that of the teams they work for,
 * so they name one. What cannot be seen looks like what never happened: empty.
 */
export async function listAuditEvents(ports: Ports, actor: Actor, query: AuditQuery): Promise<PageOf<AuditEventView>> {
  requireScope(actor, 'audit:read');
  const { first, after } = readPage(query, auditCursor);
  const action = query.action ?? undefined;
  if (action !== undefined && !(AUDIT_ACTIONS as readonly string[]).includes(action)) {
    throw invalidInput('action', `one of ${AUDIT_ACTIONS.join(', ')}`);
  }
  if (query.profile != null && query.team == null) throw invalidInput('team', 'say whose profile: name its team too');
  if (query.team == null && !seesWholeHistory(actor)) {
    throw new DomainError('FORBIDDEN', 'you see the history of teams that you work for: name one (team)');
  }

  const reader = ports.storage.reader(actor);
  const team = query.team == null ? undefined : await readTeamBySlug(reader, query.team);
  if (query.team != null) {
    if (team === undefined || !seesTeam(actor, team.id)) return NOTHING;
    if (actor.orgRole === 'MEMBER' && !worksFor(actor, team.id)) {
      throw new DomainError('FORBIDDEN', 'you see the history of teams that you work for');
    }
  }
  const profile =
    query.profile == null || team === undefined ? undefined : await readProfile(reader, team.slug, query.profile);
  if (query.profile != null && profile === undefined) return NOTHING;

  const filter = { teamId: team?.id, profileId: profile?.id, action };
  const page = { after: after === undefined ? undefined : BigInt(after[0]), limit: first + 1 };
  return cutPage(await readAuditPage(reader, filter, page), first);
}
