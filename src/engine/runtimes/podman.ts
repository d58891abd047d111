import { type CapSet, EMPTY_SET, intersect, isEmpty, toNames } from '../cap-set.ts';
import { numberOf } from '../capability.ts';
import { PODMAN_CHANGES, PODMAN_DEFAULTS, PODMAN_EVERYTHING } from '../data/podman.ts';
import { execve } from '../execve.ts';
import { byCodePoint, goQuote, goUpper } from '../go-text.ts';
import { overriding, type Planned } from '../plan.ts';
import { atPath, atWord, type Refused, refuse } from '../refusal.ts';
import type { Refusal } from '../resolution.ts';
import type { RuntimeRules } from '../runtime-rules.ts';
import type { Spec } from '../spec.ts';
import { isGoRootUser, userPart } from '../user-text.ts';
import { readWords, type WordList } from '../word-list.ts';
import { readDockerWord, withPrefix } from './docker.ts';

const PRIVILEGED = overriding('privileged', PODMAN_EVERYTHING);
const ALL_IN_BOTH = atPath('CONTRADICTORY_SPEC', 'adding all caps and removing all caps not allowed', 'spec.add');
/** Measured with Podman 4.3.1 and runc 1.1.5: the dropped ones are still in the user's sets, and runc cannot give them. */
const ABOVE_CEILING = atPath('UNSUPPORTED_BY_RUNTIME', 'unable to apply caps: operation not permitted', 'spec.add');

/** Rootful Podman. */
export const podman: RuntimeRules = {
  id: 'podman',
  title: 'Podman',
  sources: [
    'containers/container-libs f0ddf1a7 common/pkg/capabilities MergeCapabilities',
    'containers/podman c6580b4a pkg/specgen/generate/security_linux.go',
  ],
  changes: PODMAN_CHANGES,
  defaults: PODMAN_DEFAULTS,
  openPorts: undefined,
  openPing: "group 0, to which Podman's containers.conf opens it",
  readAdd: readDockerWord,
  readDrop: readDockerWord,

  plan(spec) {
    const planned = spec.privileged ? PRIVILEGED : mergeWithDefaults(spec.add, spec.drop);
    return planned.ok && !isCalledRoot(spec.user) ? (refusalForUser(spec) ?? planned) : planned;
  },

  isRoot: isGoRootUser,

  sets(spec, ceiling) {
    const { user, noNewPrivileges } = spec;
    const active = isCalledRoot(user) ? ceiling : ofUser(readWords(spec.add, readDockerWord));
    const handedOn = isCalledRoot(user) ? EMPTY_SET : active;
    const before = { bounding: ceiling, permitted: active, inheritable: handedOn, ambient: handedOn };
    return execve(before, isGoRootUser(user), noNewPrivileges);
  },
};

/** MergeCapabilities: the drop list is read first, and a capability in both lists is refused unless ALL is about. */
function mergeWithDefaults(add: readonly string[], drop: readonly string[]): Planned {
  const dropped = readWords(drop, readDockerWord);
  if (dropped.firstUnknown >= 0)
    return refuse(() => unknownRefusal('drop', drop[dropped.firstUnknown], dropped.firstUnknown));
  const added = readWords(add, readDockerWord);
  if (added.firstUnknown >= 0) return refuse(() => unknownRefusal('add', add[added.firstUnknown], added.firstUnknown));
  if (dropped.all) {
    if (added.all) return refuse(() => ALL_IN_BOTH);
    return { ok: true, start: 'nothing', from: EMPTY_SET, added, dropped: EMPTY_SET, last: 'add', allInBoth: false };
  }
  if (added.all) {
    const from = PODMAN_EVERYTHING;
    return { ok: true, start: 'everything', from, added: EMPTY_SET, dropped, last: 'drop', allInBoth: false };
  }
  const both = intersect(added, dropped);
  if (!isEmpty(both)) return refuse(() => bothRefusal(add, both));
  return { ok: true, start: 'defaults', from: PODMAN_DEFAULTS, added, dropped, last: 'add', allInBoth: false };
}

/** Podman looks at the text, not at the number: "00" is uid 0 to the kernel, and not root here. */
function isCalledRoot(user: string | undefined): boolean {
  if (user === undefined) return true;
  const name = userPart(user);
  return name === '' || name === 'root' || name === '0';
}

/** What a user other than root gets: the added capabilities, in every set, so that they outlive execve. */
function ofUser(added: WordList): CapSet {
  return added.all ? PODMAN_EVERYTHING : added;
}

/** Such a user's names are read once more, the privileged one's too; and what is given must lie under the ceiling. */
function refusalForUser({ add, drop, privileged }: Spec): Refused | undefined {
  const added = readWords(add, readDockerWord);
  if (added.firstUnknown >= 0) {
    return refuse(() => {
      const reason = unknownName(add[added.firstUnknown] ?? '');
      const message = `capabilities requested by user are not valid: ${goQuote(add.join(','))}: ${reason}`;
      return atWord('UNKNOWN_CAPABILITY', message, 'add', added.firstUnknown);
    });
  }
  if (privileged || !added.all || isEmpty(readWords(drop, readDockerWord))) return undefined;
  return refuse(() => ABOVE_CEILING);
}

function unknownRefusal(list: 'add' | 'drop', word = '', index = 0): Refusal {
  return atWord('UNKNOWN_CAPABILITY', unknownName(word), list, index);
}

function unknownName(word: string): string {
  return `${goQuote(withPrefix(goUpper(word)))}: unknown capability`;
}

/** The names are sorted, and the first one in both lists is told. */
function bothRefusal(add: readonly string[], both: CapSet): Refusal {
  const [first = ''] = toNames(both).toSorted(byCodePoint);
  const index = add.findIndex((word) => readDockerWord(word) === numberOf(first));
  return atWord('CONTRADICTORY_SPEC', `capability ${goQuote(first)} cannot be dropped and added`, 'add', index);
}
