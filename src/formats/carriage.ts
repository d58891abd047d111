import { toNames } from '../engine/cap-set.ts';
import type { KernelSets } from '../engine/resolution.ts';
import { resolve } from '../engine/resolve.ts';
import type { RuntimeId } from '../engine/runtime.ts';
import { isRootUser } from '../engine/user.ts';
import { DomainError } from '../kernel/errors.ts';
import type { ExplicitWords } from './explicit-words.ts';
import type { Grant } from './grant.ts';
import { differingSets } from './same-sets.ts';

/** The refusal of a format that cannot carry a part of a grant; `path` says which (`sets.ambient`, `user`). */
export function unsupportedByFormat(format: string, path: string, message: string): DomainError {
  return new DomainError('UNSUPPORTED_BY_FORMAT', `${format}: ${message}`, [{ path, message }]);
}

/** Refuses a privileged grant: capability words carry less than it, and `--privileged` words more than its sets. */
export function refusePrivileged(format: string, grant: Grant): void {
  if (grant.privileged)
    throw unsupportedByFormat(format, 'privileged', 'a privileged profile is more than a set of capabilities');
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

/** The user as numbers, for formats that take no names; `root` is 0 everywhere. */
export function numericUserOf(
  format: string,
  grant: Grant,
): { readonly uid: number; readonly gid?: number | undefined } | undefined {
  const user = userOf(format, grant);
  if (user === undefined) return undefined;
  const [name = '', group] = user.split(/:(.*)/s);
  const uid = idOf(name);
  const gid = group === undefined || group === '' ? undefined : idOf(group);
  if (uid === undefined || (gid === undefined && group !== undefined && group !== ''))
    throw unsupportedByFormat(format, 'user', 'it takes users and groups by number only');
  return { uid, gid };
}

/**
 * The first of the candidates that each runtime, given these words and the user of the grant, resolves to exactly the
 * approved sets. This is what keeps every export from granting more than was approved, or less: where no candidate does,
 * the format is refused with the difference.
 */
export function carriedWords(
  format: string,
  grant: Grant,
  runtimes: readonly RuntimeId[],
  candidates: readonly ExplicitWords[],
): ExplicitWords {
  refusePrivileged(format, grant);
  const user = userOf(format, grant);
  const problems: DomainError[] = [];
  for (const words of candidates) {
    const problem = runtimes.map((runtime) => problemOn(format, grant, runtime, words, user)).find(Boolean);
    if (problem === undefined) return words;
    problems.push(problem);
  }
  throw problems[0] ?? unsupportedByFormat(format, 'sets', 'it has no words for this profile');
}

function problemOn(
  format: string,
  grant: Grant,
  runtime: RuntimeId,
  { add, drop }: ExplicitWords,
  user: string | undefined,
): DomainError | undefined {
  const { noNewPrivileges } = grant;
  const otherUser = otherUserProblem(format, grant, runtime);
  if (otherUser !== undefined) return otherUser;
  const outcome = resolve({ runtime, add, drop, privileged: false, user, noNewPrivileges });
  if (!outcome.ok)
    return unsupportedByFormat(format, 'sets.bounding', `${runtime} refuses it: ${outcome.refusal.message}`);
  return differenceProblem(format, grant.sets, outcome.resolution.sets);
}

/**
 * The refusal for a grant that was resolved for root and would run as another user, or the other way round: runtimes
 * differ in what an absent user means (Nomad's exec: nobody) and in the spellings of root. The sets alone could be the same.
 */
export function otherUserProblem(format: string, grant: Grant, runtime: RuntimeId): DomainError | undefined {
  const { user } = grant;
  const wasRoot = isRootUser(grant.runtime, user);
  if (wasRoot === isRootUser(runtime, user)) return undefined;
  const message = `the profile was made for ${wasRoot ? 'root' : 'another user than root'}, and this would not be`;
  return unsupportedByFormat(format, 'user', message);
}

/** The refusal for sets that would not be those approved; undefined when they are the same. */
export function differenceProblem(format: string, approved: KernelSets, given: KernelSets): DomainError | undefined {
  const [name] = differingSets(approved, given);
  if (name === undefined) return undefined;
  const shown = (sets: KernelSets) => toNames(sets[name]).join(', ') || 'nothing';
  const message = `the ${name} set would be ${shown(given)}, approved is ${shown(approved)}`;
  return unsupportedByFormat(format, `sets.${name}`, message);
}

/** A number from 0 to 2147483647 in decimal, as every runtime takes it. */
function idOf(text: string): number | undefined {
  if (text === 'root') return 0;
  if (!/^\d{1,10}$/.test(text)) return undefined;
  const id = Number(text);
  return id <= 2 ** 31 - 1 ? id : undefined;
}
