import { DomainError, type Issue } from '../kernel/errors.ts';
import type { PolicyDocument } from '../policy/policy-document.ts';
import type { TenantRows } from '../storage/storage.ts';
import { readReviewers } from './policy-store.ts';

/**
 * Refuses a policy with groups of people who are not there, or may not review: whoever could bring somebody in under that
 * name later would decide who approves.
 */
export async function requireKnownPeople(rows: TenantRows, { groups }: PolicyDocument): Promise<void> {
  const known = new Set((await readReviewers(rows)).map(({ login }) => login));
  const issues = Object.entries(groups).flatMap(([group, people]) =>
    people.flatMap((login, index): Issue[] =>
      known.has(login)
        ? []
        : [
            {
              path: `groups.${group}.${index}`,
              message: `${login} is nobody who may review here: bring them in first`,
            },
          ],
    ),
  );
  if (issues.length > 0)
    throw new DomainError('INVALID_INPUT', issues.map(({ message }) => message).join('; '), issues);
}
