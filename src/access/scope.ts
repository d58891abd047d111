/** What a token may be used for. A token never exceeds what its owner may do. */
export const SCOPES = [
  'profiles:read',
  'profiles:export',
  'requests:write',
  'requests:review',
  'audit:read',
  'admin',
] as const;

export type Scope = (typeof SCOPES)[number];
