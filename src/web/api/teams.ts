import { TeamsToAskFor } from './operations.gen.ts';
import { useEveryRow } from './queries.ts';
import { isOwner, useViewer } from './viewer.ts';

/** Every team, by name. */
export function useTeams({ enabled = true } = {}) {
  return useEveryRow(TeamsToAskFor, {}, ({ teams }) => teams, { enabled }).rows ?? [];
}

/** Whether there is no team for which whoever looks could ask; false while that is not known. */
export function useHasNoTeam(): boolean {
  const viewer = useViewer();
  const all = useEveryRow(TeamsToAskFor, {}, ({ teams }) => teams, { enabled: isOwner(viewer) }).rows;
  return isOwner(viewer) ? all?.length === 0 : viewer.teams.length === 0;
}
