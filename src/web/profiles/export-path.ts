import type { FormatId } from '../../formats/formats.ts';

/** Where deploy tooling gets the profile that is in force. */
export function exportPath(team: string, name: string, format: FormatId): string {
  return `/v1/teams/${encodeURIComponent(team)}/profiles/${encodeURIComponent(name)}/export?format=${format}`;
}
