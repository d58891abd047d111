import type { TenantReader } from '../storage/storage.ts';
import type { Member } from '../teams/member-store.ts';

/** Somebody whose role lets them review, with how often they decided about requests of a profile's team. */
export interface Reviewing extends Member {
  readonly personId: string;
  readonly decisions: number;
}

const REVIEWING = `
  SELECT asked.place::int, m.id, m.kind::text AS kind, m.login, m.org_role::text AS "orgRole", m.person_id AS "personId",
         (SELECT count(*)::int FROM reviews v
          JOIN profiles p ON p.org_id = v.org_id AND p.id = v.profile_id
          JOIN profiles own ON own.org_id = p.org_id AND own.team_id = p.team_id AND own.id = asked.id
          WHERE v.org_id = m.org_id AND v.reviewer_id = m.id) AS decisions
  FROM unnest($2::uuid[]) WITH ORDINALITY AS asked (id, place)
  JOIN members m ON m.org_id = $1 AND m.kind = 'HUMAN' AND m.org_role IN ('OWNER', 'APPROVER')
  ORDER BY asked.place, decisions DESC, m.login`;

/** For each profile everybody who may review, those first who decided most often about this team. */
export async function readReviewing(reader: TenantReader, profileIds: readonly string[]): Promise<Reviewing[][]> {
  const rows = await reader.rows<Reviewing & { readonly place: number }>({
    name: 'reviewing-members',
    text: REVIEWING,
    values: [reader.orgId, profileIds],
  });
  const found: Reviewing[][] = profileIds.map(() => []);
  for (const { place, ...reviewing } of rows) found[place - 1]?.push(reviewing);
  return found;
}
