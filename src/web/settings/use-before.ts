import { Members, People } from '../api/operations.gen.ts';
import { useRows } from '../api/queries.ts';
import { seesEverybody, useViewer } from '../api/viewer.ts';

interface Wanted {
  /** Empty for as they are. */
  readonly orgRole: string;
  /** Slug; empty for none. */
  readonly team: string;
  readonly teamRole: string;
}

/** Asks what bringing somebody in will come to, of what the page shows already. */
export function useBefore(): (email: string, wanted: Wanted) => 'new' | 'changed' | 'same' {
  const viewer = useViewer();
  const members = useRows(Members, {}, (data) => data.members, { enabled: seesEverybody(viewer) }).rows ?? [];
  const teams = useRows(People, {}, (data) => data.teams).rows ?? [];
  return (email, { orgRole, team, teamRole }) => {
    const login = email.trim().toLowerCase();
    const place = teams.find(({ slug }) => slug === team)?.members.find(({ member }) => member.login === login);
    const known = members.find((member) => member.login === login) ?? place?.member;
    if (known === undefined) return 'new';
    const isSame = (orgRole === '' || orgRole === known.orgRole) && (team === '' || place?.role === teamRole);
    return isSame ? 'same' : 'changed';
  };
}
