import { v7 } from 'uuid';

/** UUIDv7, lower case: ordered by the time of its making, so that keys and pages follow creation. */
export function newId(): string {
  return v7();
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

export function isUuid(text: string): boolean {
  return UUID.test(text);
}

/** What an opaque id is of; the prefix makes ids readable in logs and keeps one kind from passing for another. */
const PREFIXES = {
  member: 'mem',
  team: 'team',
  token: 'tok',
  session: 'ses',
  profile: 'prof',
  changeRequest: 'cr',
  auditEvent: 'evt',
  policyProposal: 'pol',
  comment: 'com',
  emergency: 'emg',
} as const;

export type IdKind = keyof typeof PREFIXES;

/** The id that callers see: `cr_018f3c…` (the UUID's 32 hex digits). */
export function encodeId(kind: IdKind, uuid: string): string {
  return `${PREFIXES[kind]}_${uuid.replaceAll('-', '')}`;
}

/** The UUID behind an id of that kind, or undefined where the text is no such id. */
export function decodeId(kind: IdKind, id: string): string | undefined {
  const [prefix, hex] = [id.slice(0, id.lastIndexOf('_')), id.slice(id.lastIndexOf('_') + 1)];
  if (prefix !== PREFIXES[kind] || !/^[0-9a-f]{32}$/.test(hex)) return undefined;
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
