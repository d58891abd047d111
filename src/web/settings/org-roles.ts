import type { OrgRole } from '../api/operations.gen.ts';

/** What people are in the organization, in words. */
export const ORG_ROLE_WORDS: Readonly<Record<OrgRole, string>> = {
  OWNER: 'owner',
  APPROVER: 'approver',
  AUDITOR: 'auditor',
  MEMBER: 'member',
};
