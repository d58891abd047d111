import { createContext, use } from 'react';
import type { ViewerQuery } from './operations.gen.ts';

export type ViewerSeen = ViewerQuery['viewer'];

export const ViewerContext = createContext<ViewerSeen | undefined>(undefined);

/** Whoever looks at the page. Everything inside of the shell has one. */
export function useViewer(): ViewerSeen {
  const viewer = use(ViewerContext);
  if (viewer === undefined) throw new Error('outside of the shell');
  return viewer;
}

// What they may do, as the service judges it: by their role and by what their token carries of it.

export const decides = ({ scopes }: ViewerSeen): boolean => scopes.includes('requests:review');
export const isOwner = ({ member }: ViewerSeen): boolean => member.orgRole === 'OWNER';

/** Whether they see to the organization as a whole. */
export const governs = (viewer: ViewerSeen): boolean =>
  isOwner(viewer) && viewer.scopes.includes('admin') && !viewer.limitedToTeams;

export const maintains = (viewer: ViewerSeen, teamId: string): boolean =>
  isOwner(viewer) || viewer.teams.some(({ role, team }) => role === 'MAINTAINER' && team.id === teamId);

export const revokes = (viewer: ViewerSeen, teamId: string): boolean =>
  decides(viewer) || (viewer.scopes.includes('requests:write') && maintains(viewer, teamId));

export const seesEverybody = ({ member, scopes, limitedToTeams }: ViewerSeen): boolean =>
  member.orgRole !== 'MEMBER' && scopes.includes('admin') && !limitedToTeams;

/** Whether they read the history of the team of that slug. */
export const readsHistoryOf = ({ member, scopes, teams }: ViewerSeen, slug: string): boolean =>
  scopes.includes('audit:read') && (member.orgRole !== 'MEMBER' || teams.some(({ team }) => team.slug === slug));

export const seesWholeHistory = ({ member, scopes, limitedToTeams }: ViewerSeen): boolean =>
  member.orgRole !== 'MEMBER' && scopes.includes('audit:read') && !limitedToTeams;
