import type { Team } from '../teams/team-store.ts';
import type { Revision } from './revision.ts';

/** A profile with the revision that was approved last, whatever became of it since. */
export interface Profile {
  readonly id: string;
  readonly team: Team;
  readonly name: string;
  readonly createdAt: Date;
  readonly lastRevision: number;
  readonly approved: Revision | null;
}
