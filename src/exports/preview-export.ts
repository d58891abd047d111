import { FORMATS, type FormatId } from '../formats/formats.ts';
import type { Profile } from '../profiles/profile.ts';
import { type Revision, type Standing, standingOf } from '../profiles/revision.ts';
import { grantOf } from './grant-of.ts';

const WORDS: Record<Exclude<Standing, 'IN_FORCE'>, string> = {
  NOT_APPROVED: 'nobody has approved this revision',
  SUPERSEDED: 'a later revision has taken the place of this one',
  EXPIRED: 'the approval of this revision has run out',
  REVOKED: 'the approval of this revision was taken back',
};

/** Any revision in that format, for people to look at; one that is not in force says so in its first line. */
export function previewExport(profile: Profile, revision: Revision, format: FormatId, now: Date): string {
  const standing = standingOf(revision, profile.approved?.number ?? null, now);
  const status = standing === 'IN_FORCE' ? 'approved' : { notApproved: WORDS[standing] };
  return FORMATS[format].render(grantOf(profile, revision, status));
}
