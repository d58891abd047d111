import { isOwner, type ViewerSeen } from '../api/viewer.ts';
import type { ProfileSeen } from './profile-page.tsx';

/** Whether to offer a renewal: of what ends, or has ended, to those who may ask. The service judges it again. */
export function mayRenew({ standing, approved, pending, team }: ProfileSeen, viewer: ViewerSeen): boolean {
  const ends = standing === 'EXPIRED' || (approved !== null && approved.expiresAt !== null);
  const asks = isOwner(viewer) || viewer.teams.some((mine) => mine.team.id === team.id);
  return ends && asks && pending === null && viewer.scopes.includes('requests:write');
}
