import { isEmpty, toNames } from '../engine/cap-set.ts';
import { DomainError } from '../kernel/errors.ts';
import type { Grant } from './grant.ts';

/** The refusal of a format that cannot carry a part of a grant; `path` says which (`sets.ambient`, `user`). */
export function unsupportedByFormat(format: string, path: string, message: string): DomainError {
  return new DomainError('UNSUPPORTED_BY_FORMAT', `${format}: ${message}`, [{ path, message }]);
}

/** Refuses a privileged grant: capability words carry less than it, and `--privileged` words more than its sets. */
export function refusePrivileged(format: string, grant: Grant): void {
  if (grant.privileged)
    throw unsupportedByFormat(format, 'privileged', 'a privileged profile is more than a set of capabilities');
}

/** Refuses a grant with ambient capabilities, for formats whose runtimes raise none. */
export function refuseAmbient(format: string, grant: Grant): void {
  if (isEmpty(grant.sets.ambient)) return;
  throw unsupportedByFormat(
    format,
    'sets.ambient',
    `it cannot raise ambient capabilities, and the profile holds ${toNames(grant.sets.ambient).join(', ')}`,
  );
}

/**
 * The `user[:group]` of a grant, or undefined when the image decides. Refuses text that no user name holds and that
 * could break out of a line: control characters, line separators, unpaired surrogates.
 */
export function userOf(format: string, grant: Grant): string | undefined {
  if (grant.user === undefined || grant.user === '') return undefined;
  if (/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u.test(grant.user))
    throw unsupportedByFormat(format, 'user', 'the user holds a control character');
  return grant.user;
}

/** The approved bounding set by capability number, without the `CAP_` prefix: `['CHOWN', 'NET_ADMIN']`. */
export function shortBoundingNames(grant: Grant): string[] {
  return toNames(grant.sets.bounding).map((name) => name.slice('CAP_'.length));
}
