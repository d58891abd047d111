import type { ServiceError } from './service-error.ts';

const isAt = (path: string, field: string): boolean => path === field || path.startsWith(`${field}.`);

/** What the service has against one field of an input; what it has against a part of it counts for the whole. */
export function issueAt(error: ServiceError | null, field: string): string | undefined {
  const found = error?.issues.filter(({ path }) => isAt(path, field)).map(({ message }) => message) ?? [];
  const said = [...new Set(found)].join('; ');
  return said === '' ? undefined : said.charAt(0).toUpperCase() + said.slice(1);
}

/** Whether everything that is wrong can be said beside one of these fields. */
export function isAllAt({ issues }: ServiceError, fields: readonly string[]): boolean {
  return issues.length > 0 && issues.every(({ path }) => fields.some((field) => isAt(path, field)));
}
