import type { Actor } from '../access/actor.ts';
import type { Authenticated } from '../access/authenticate.ts';
import { requireScope, seesTeam } from '../access/permissions.ts';
import type { Ports } from '../access/ports.ts';
import { type Emergency, isUsable } from '../emergencies/emergency.ts';
import { readOpenEmergenciesOf } from '../emergencies/emergency-store.ts';
import { FORMATS, type FormatId } from '../formats/formats.ts';
import type { Profile } from '../profiles/profile.ts';
import { profileNotFound } from '../profiles/profile-not-found.ts';
import { readContent, readProfile, readRevisions } from '../profiles/profile-reads.ts';
import type { Revision } from '../profiles/revision.ts';
import { contentMatches } from '../profiles/revision-draft.ts';
import type { TenantReader } from '../storage/storage.ts';
import { requireInForce } from './exportable.ts';
import { grantOf } from './grant-of.ts';

export interface ExportQuery {
  readonly team: string;
  readonly profile: string;
  readonly format: FormatId;
  /** The number that the revision in force must have; undefined for whichever is in force. */
  readonly revision: number | undefined;
}

export interface Exported {
  readonly profile: Profile;
  readonly revision: Revision;
  readonly content: string;
  /** Where it is not approved, but was given to this person for an emergency. */
  readonly emergency: Emergency | null;
}

/** What was read of a profile for exporting it, with what was rendered of it so far. */
interface Found {
  readonly profile: Profile;
  readonly revision: Revision | undefined;
  readonly rendered: Map<FormatId, Exported>;
  readonly emergencies: readonly Given[];
}

/** What was given to somebody for an emergency. */
interface Given {
  readonly emergency: Emergency;
  readonly revision: Revision;
}

/** The revision in force, in a format that deploy tooling takes. Anything else is refused with the reason. */
export async function exportProfile(
  ports: Ports,
  { actor, view }: Authenticated,
  query: ExportQuery,
): Promise<Exported> {
  requireScope(actor, 'profiles:export');
  const found = await view.get(`export ${query.team}/${query.profile}/${query.revision ?? ''}`, () =>
    find(ports, actor.orgId, query),
  );
  if (found === undefined || !seesTeam(actor, found.profile.team.id)) throw profileNotFound();
  const emergency = emergencyFor(found, actor, query, ports.now());
  if (emergency !== undefined) return exportEmergency(found.profile, emergency, query.format);
  const revision = requireInForce(found.profile, found.revision, ports.now());
  const known = found.rendered.get(query.format);
  if (known !== undefined) return known;
  const content = FORMATS[query.format].render(grantOf(found.profile, revision, 'approved'));
  const exported = { profile: found.profile, revision, content, emergency: null };
  found.rendered.set(query.format, exported);
  return exported;
}

/** The emergency that holds for this person now, before what is in force for everybody. */
function emergencyFor(found: Found, actor: Actor, query: ExportQuery, now: Date): Given | undefined {
  return found.emergencies.find(
    ({ emergency }) =>
      emergency.personId === actor.personId &&
      isUsable(emergency, now) &&
      (query.revision === undefined || query.revision === emergency.revision),
  );
}

function exportEmergency(profile: Profile, { emergency, revision }: Given, format: FormatId): Exported {
  const { member, endsAt, reason } = emergency;
  const status = { emergency: `for ${member.login} until ${endsAt.toISOString()}: ${reason}` };
  return { profile, revision, content: FORMATS[format].render(grantOf(profile, revision, status)), emergency };
}

async function find(ports: Ports, orgId: string, query: ExportQuery): Promise<Found | undefined> {
  const reader = ports.storage.reader({ orgId });
  const profile = await readProfile(reader, query.team, query.profile);
  if (profile === undefined) return undefined;
  const revision = await chosen(reader, profile, query.revision);
  const emergencies = await givenOf(reader, profile.id);
  // A revision that was never made is as missing as a profile that was never made.
  if (revision === undefined && query.revision !== undefined) return undefined;
  if (revision !== undefined && !contentMatches(await readContent(reader, revision), revision)) {
    throw new Error(
      `revision ${revision.number} of ${profile.id} is not what its digest says: nothing is handed out of it`,
    );
  }
  return { profile, revision, rendered: new Map(), emergencies };
}

async function givenOf(reader: TenantReader, profileId: string): Promise<readonly Given[]> {
  const emergencies = await readOpenEmergenciesOf(reader, [profileId]);
  if (emergencies.length === 0) return [];
  const revisions = await readRevisions(
    reader,
    emergencies.map(({ revision }) => ({ profileId, number: revision })),
  );
  return emergencies.flatMap((emergency) => {
    const revision = revisions.find(({ number }) => number === emergency.revision);
    return revision === undefined ? [] : [{ emergency, revision }];
  });
}

async function chosen(
  reader: TenantReader,
  profile: Profile,
  number: number | undefined,
): Promise<Revision | undefined> {
  if (number === undefined || number === profile.approved?.number) return profile.approved ?? undefined;
  const [revision] = await readRevisions(reader, [{ profileId: profile.id, number }]);
  return revision;
}
