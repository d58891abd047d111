import type { Authenticated } from '../access/authenticate.ts';
import { requireScope, seesTeam } from '../access/permissions.ts';
import type { Ports } from '../access/ports.ts';
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
}

/** What was read of a profile for exporting it, with what was rendered of it so far. */
interface Found {
  readonly profile: Profile;
  readonly revision: Revision | undefined;
  readonly rendered: Map<FormatId, Exported>;
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
  const revision = requireInForce(found.profile, found.revision, ports.now());
  const known = found.rendered.get(query.format);
  if (known !== undefined) return known;
  const content = FORMATS[query.format].render(grantOf(found.profile, revision, 'approved'));
  const exported = { profile: found.profile, revision, content };
  found.rendered.set(query.format, exported);
  return exported;
}

async function find(ports: Ports, orgId: string, query: ExportQuery): Promise<Found | undefined> {
  const reader = ports.storage.reader({ orgId });
  const profile = await readProfile(reader, query.team, query.profile);
  if (profile === undefined) return undefined;
  const revision = await chosen(reader, profile, query.revision);
  // A revision that was never made is as missing as a profile that was never made.
  if (revision === undefined && query.revision !== undefined) return undefined;
  if (revision !== undefined && !contentMatches(await readContent(reader, revision), revision)) {
    throw new Error(
      `revision ${revision.number} of ${profile.id} is not what its digest says: nothing is handed out of it`,
    );
  }
  return { profile, revision, rendered: new Map() };
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
