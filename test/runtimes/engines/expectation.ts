import { type CapSet, EMPTY_SET, FULL_SET, fromBigInt, has, intersect, isEmpty } from '../../../src/engine/cap-set.ts';
import { nameOf } from '../../../src/engine/capability.ts';
import { ceilingOf } from '../../../src/engine/plan.ts';
import type { KernelSets } from '../../../src/engine/resolution.ts';
import { resolve } from '../../../src/engine/resolve.ts';
import {
  dockerRefusal,
  docker as dockerRules,
  readDockerWord,
  withPrefix,
} from '../../../src/engine/runtimes/docker.ts';
import { rulesOf } from '../../../src/engine/runtimes.ts';
import type { Spec } from '../../../src/engine/spec.ts';
import { isRootUser } from '../../../src/engine/user.ts';
import { UNKNOWN } from '../../../src/engine/word-list.ts';
import type { Machine } from '../machine.ts';
import { isAtLeast, type Version } from './version.ts';

/*
 * The engine of Capward says what the runtimes of today do on a machine that keeps nothing back. Everything in which the
 * runtimes at hand differ from that, because of their version or of this machine, is in this file, and nowhere else.
 */

/** What a runtime at hand has to make of a spec. */
export type Expected =
  | { readonly kind: 'sets'; readonly sets: KernelSets }
  /** Its words, without what it says around them. */
  | { readonly kind: 'refused'; readonly message: string }
  /** It takes the spec and asks runc for these sets; runc cannot give what the machine lacks, and starts nothing. */
  | { readonly kind: 'beyond-machine'; readonly sets: KernelSets; readonly lacks: CapSet };

export type Expectation = (spec: Spec) => Expected;

/** Up to CAP_AUDIT_READ. */
const FIRST_38 = fromBigInt((1n << 38n) - 1n);

/** The oldest Docker with the rules of today. */
export const OLDEST_DOCKER: Version = [19, 3];

/**
 * dockerd. Sources: moby a38b96b8cd (19.03 and 20.10 know the names up to CAP_AUDIT_READ), c1c973e81b and 485cf38d48 (23.0
 * knows all, and gives what it holds itself), dd38613d0c (the inheritable set is empty from 20.10.14 on),
 * 61b19a494a (29.0 gives all to users other than root too, which execve takes away).
 */
export function dockerExpectation(version: Version, machine: Machine): Expectation {
  const known = knownToDocker(version);
  const available = isAtLeast(version, 23) ? machine.held : known;
  return (spec) => {
    const refusal = dockerRefusalOf(spec, known, available);
    if (refusal !== undefined) return { kind: 'refused', message: refusal };
    const outcome = resolve(spec);
    if (!outcome.ok) return { kind: 'refused', message: outcome.refusal.message };
    const today = within(outcome.resolution.sets, available);
    const sets = isAtLeast(version, 20, 10, 14) ? today : { ...today, inheritable: today.bounding };
    // Up to 28 a user other than root is given nothing, so that runc has nothing to fail with: the ceiling is lower then.
    const given = isAtLeast(version, 29) || isRootUser('docker', spec.user) ? sets.bounding : EMPTY_SET;
    const lacks = intersect(given, machine.lacking);
    if (isEmpty(lacks)) return { kind: 'sets', sets: within(sets, machine.held) };
    return { kind: 'beyond-machine', sets, lacks };
  };
}

/**
 * The words of a spec as a version of the docker command line sends them. Source: docker/cli 5bdbc2f026 (from 28.0 on upper
 * case, with the prefix, each once, sorted).
 */
export function asSentByDocker(client: Version, spec: Spec): Spec {
  if (!isAtLeast(client, 28)) return spec;
  const tidied = (words: readonly string[]) => {
    const upper = words.map((word) => word.toUpperCase());
    return [...new Set(upper.map((word) => (word === 'ALL' ? word : withPrefix(word))))].toSorted();
  };
  return { ...spec, add: tidied(spec.add), drop: tidied(spec.drop) };
}

/** The capabilities that a version of dockerd has names for. */
export function knownToDocker(version: Version): CapSet {
  return isAtLeast(version, 23) ? FULL_SET : FIRST_38;
}

/** What dockerd says to the first name that it does not know, or does not have; the add list is read first. */
function dockerRefusalOf({ add, drop }: Spec, known: CapSet, available: CapSet): string | undefined {
  for (const [list, words] of [
    ['add', add],
    ['drop', drop],
  ] as const) {
    for (const word of words) {
      const number = readDockerWord(word);
      const isName = number >= 0 && has(FULL_SET, number);
      if (number === UNKNOWN || (isName && !has(known, number))) return dockerRefusal(list, word).message;
      if (isName && !has(available, number))
        return `invalid ${list === 'add' ? 'CapAdd' : 'CapDrop'}: capability not supported by your kernel or not available in the current environment: "${nameOf(number)}"`;
    }
  }
  return undefined;
}

/**
 * Podman. Its defaults change with the version and with containers.conf, and what it lacks itself it leaves out without a
 * word. Sources: containers/common f39f2a3f and c700408f (defaults), containers/podman pkg/specgen/generate/security_linux.go.
 */
export function podmanExpectation(defaults: CapSet, machine: Machine): Expectation {
  return (spec) => {
    const outcome = resolve(spec);
    if (!outcome.ok) return { kind: 'refused', message: outcome.refusal.message };
    const { plan } = outcome.resolution;
    const ceiling = ceilingOf(plan.start === 'defaults' ? { ...plan, from: defaults } : plan);
    return { kind: 'sets', sets: within(rulesOf('podman').sets(spec, ceiling), machine.held) };
  };
}

/** The default set that a version of Podman was built with; containers.conf may say otherwise. */
export function podmanDefaults(version: Version): CapSet {
  if (!isAtLeast(version, 4, 4)) return dockerRules.defaults;
  const today = rulesOf('podman').defaults;
  return isAtLeast(version, 4, 5) ? today : intersect(today, fromBigInt(~(1n << 18n)));
}

/** The part of each set that is in `limit`. */
export function within(sets: KernelSets, limit: CapSet): KernelSets {
  return {
    bounding: intersect(sets.bounding, limit),
    permitted: intersect(sets.permitted, limit),
    effective: intersect(sets.effective, limit),
    inheritable: intersect(sets.inheritable, limit),
    ambient: intersect(sets.ambient, limit),
  };
}
