import type { Issue } from '../kernel/errors.ts';
import { nameOf } from './capability.ts';
import { readDockerWord } from './runtimes/docker.ts';
import { rulesOf } from './runtimes.ts';
import type { Spec } from './spec.ts';
import { ALL, type ReadWord } from './word-list.ts';

/**
 * Where a spec says two things at once, which people would read in two ways: a capability by name in both lists, ALL in
 * both lists, or words beside `privileged`, which overrides them. Empty for a plain spec. `ALL` in one list and names in
 * the other is plain. A word counts for what a person means by it, also where the runtime does not read it so; what nobody
 * can read is left to `resolve`.
 *
 * @example
 * contradictions({ runtime: 'docker', add: ['CHOWN'], drop: ['CHOWN'], privileged: false, noNewPrivileges: false })[0].path // → 'spec.add.0'
 */
export function contradictions(spec: Spec): readonly Issue[] {
  if (spec.privileged) {
    if (spec.add.length === 0 && spec.drop.length === 0) return [];
    const message =
      'privileged gives every capability whatever the lists say; leave both lists empty, or privileged off';
    return [{ path: 'spec.privileged', message }];
  }
  const { readAdd, readDrop } = rulesOf(spec.runtime);
  const dropped = new Set(spec.drop.map((word) => meaningOf(word, readDrop)));
  const issues: Issue[] = [];
  for (const [index, word] of spec.add.entries()) {
    const code = meaningOf(word, readAdd);
    if (code < 0 || !dropped.has(code)) continue;
    const name = code === ALL ? 'ALL' : nameOf(code);
    issues.push({
      path: `spec.add.${index}`,
      message: `${name} is both added and dropped; take it out of one of the lists`,
    });
  }
  return issues;
}

/** What the runtime reads, or what is meant where it reads nothing (containerd and `CAP_CHOWN`). */
function meaningOf(word: string, read: ReadWord): number {
  const code = read(word);
  return code < 0 ? readDockerWord(word) : code;
}
