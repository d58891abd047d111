import type { Grant } from '../formats/grant.ts';
import type { Revision } from '../profiles/revision.ts';

/** A revision as formats take it. */
export function grantOf(
  profile: { readonly team: { readonly slug: string }; readonly name: string },
  revision: Revision,
  status: Grant['status'],
): Grant {
  return {
    team: profile.team.slug,
    profile: profile.name,
    revision: revision.number,
    digest: revision.digest,
    runtime: revision.spec.runtime,
    sets: revision.sets,
    user: revision.spec.user,
    noNewPrivileges: revision.spec.noNewPrivileges,
    privileged: revision.spec.privileged,
    status,
  };
}
