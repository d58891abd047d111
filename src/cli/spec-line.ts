import { isRuntimeId, RUNTIME_IDS, type RuntimeId } from '../engine/runtime.ts';
import type { Spec } from '../engine/spec.ts';
import { invalidInput } from '../kernel/errors.ts';

/**
 * Reads a spec from one line of JSON. Missing keys and null take their defaults (Docker, nothing added or dropped, not
 * privileged, no user, new privileges allowed); keys that are not known are left alone, so that a line may carry a note.
 * Anything else that is wrong is a DomainError INVALID_INPUT.
 */
export function parseSpecLine(line: string): Spec {
  const value = parseJson(line);
  if (!isRecord(value)) throw invalidInput('line', 'a spec is a JSON object');
  return {
    runtime: runtimeFrom(value['runtime']),
    add: wordsFrom(value['add'], 'add'),
    drop: wordsFrom(value['drop'], 'drop'),
    privileged: flagFrom(value['privileged'], 'privileged'),
    user: userFrom(value['user']),
    noNewPrivileges: flagFrom(value['noNewPrivileges'], 'noNewPrivileges'),
  };
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    throw invalidInput('line', 'this is not JSON');
  }
}

/** What measurements call these runtimes, where they tell them from others of the same project. */
const LONGER_NAMES: ReadonlyMap<string, RuntimeId> = new Map([
  ['containerd-cri', 'containerd'],
  ['containerd-cri-crun', 'containerd-crun'],
  ['nomad-docker', 'nomad'],
]);

function runtimeFrom(value: unknown): Spec['runtime'] {
  if (isMissing(value)) return 'docker';
  const id = typeof value === 'string' ? (LONGER_NAMES.get(value) ?? value) : '';
  if (isRuntimeId(id)) return id;
  throw invalidInput('spec.runtime', `the runtime is one of ${RUNTIME_IDS.join(', ')}`);
}

function wordsFrom(value: unknown, list: 'add' | 'drop'): readonly string[] {
  if (isMissing(value)) return [];
  if (Array.isArray(value) && value.every((word): word is string => typeof word === 'string')) return value;
  throw invalidInput(`spec.${list}`, 'a list of strings is expected');
}

function flagFrom(value: unknown, key: 'privileged' | 'noNewPrivileges'): boolean {
  if (isMissing(value)) return false;
  if (typeof value === 'boolean') return value;
  throw invalidInput(`spec.${key}`, 'true or false is expected');
}

function userFrom(value: unknown): string | undefined {
  if (isMissing(value)) return undefined;
  if (typeof value === 'string') return value;
  throw invalidInput('spec.user', 'a string is expected, such as "1000:1000"');
}

function isMissing(value: unknown): value is null | undefined {
  return value === undefined || value === null;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
