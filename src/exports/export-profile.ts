import type { Authenticated } from '../access/authenticate.ts';
import { requireScope, seesTeam } from '../access/permissions.ts';
import type { Ports } from '../access/ports.ts';
import { FORMATS, type FormatId } from '../formats/formats.ts';
import type { Profile } from '../profiles/profile.ts';
import { profileNotFound } from '../profiles/profile-not-found.ts';
import { readProfile, readRevisions } from '../profiles/profile-reads.ts';
import type { Revision } from '../profiles/revision.ts';
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
  if (query.revision === undefined || query.revision === profile.approved?.number) {
    return { profile, revision: profile.approved ?? undefined, rendered: new Map() };
  }
  const [revision] = await readRevisions(reader, [{ profileId: profile.id, number: query.revision }]);
  // A revision that was never made is as missing as a profile that was never made.
  return revision === undefined ? undefined : { profile, revision, rendered: new Map() };
}
