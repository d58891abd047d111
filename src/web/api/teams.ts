import { TeamsToAskFor } from './operations.gen.ts';
import { useEveryRow } from './queries.ts';

/** Every team, by name. */
export function useTeams({ enabled = true } = {}) {
  return useEveryRow(TeamsToAskFor, {}, ({ teams }) => teams, { enabled }).rows ?? [];
}
