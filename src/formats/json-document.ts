import { type Grant, notApprovedNotice } from './grant.ts';

/**
 * JSON with two spaces. JSON has no comments, and readers pass over members that they do not know, so a revision that is
 * not approved gets a line before it that no strict JSON reader takes: what is not approved cannot be used by mistake.
 */
export function jsonDocument(grant: Grant, value: unknown): string {
  const notice = notApprovedNotice(grant);
  const json = `${JSON.stringify(value, null, 2)}\n`;
  return notice === undefined ? json : `// ${notice}\n${json}`;
}
