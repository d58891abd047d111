import { describe, expect, test } from '@jest/globals';
import { toNames } from '../../../src/engine/cap-set.ts';
import { resolve, resolveOrThrow } from '../../../src/engine/resolve.ts';
import { RUNTIME_IDS } from '../../../src/engine/runtime.ts';
import type { Spec } from '../../../src/engine/spec.ts';
import { specOf } from './golden.ts';

/** The sets in a short form: `bounding KILL | permitted … | effective … | inheritable … | ambient …`. */
function setsOf(parts: Partial<Spec>): string {
  const { sets } = resolveOrThrow(specOf({ add: ['KILL'], drop: ['ALL'], ...parts }));
  return Object.entries(sets)
    .filter(([, set]) => toNames(set).length > 0)
    .map(([name]) => name)
    .join(' ');
}

describe('who has what after the first execve', () => {
  test.each<[Partial<Spec>, string]>([
    [{}, 'bounding permitted effective'],
    [{ user: '1000' }, 'bounding'],
    [{ runtime: 'docker-18.09' }, 'bounding permitted effective inheritable'],
    [{ runtime: 'docker-18.09', user: '1000' }, 'bounding inheritable'],
    [{ runtime: 'docker-service', user: '1000' }, 'bounding'],
    [{ runtime: 'podman', user: '1000' }, 'bounding permitted effective inheritable ambient'],
    [{ runtime: 'podman', user: '00' }, 'bounding permitted effective inheritable ambient'],
    [{ runtime: 'podman', user: '0:0' }, 'bounding permitted effective'],
    [{ runtime: 'containerd', user: '1000' }, 'bounding'],
    [{ runtime: 'crio', user: '1000' }, 'bounding'],
    [{ runtime: 'crio', user: '1000', privileged: true }, 'bounding permitted effective inheritable ambient'],
    [{ runtime: 'containerd', user: '1000', privileged: true }, 'bounding'],
    [{ runtime: 'nomad', user: '1000' }, 'bounding'],
    [{ runtime: 'nomad-exec' }, 'bounding permitted effective inheritable ambient'],
    [{ runtime: 'nomad-exec', user: 'root' }, 'bounding permitted effective'],
    [{ runtime: 'ecs', user: '1000' }, 'bounding'],
  ])('%j: %s', (parts, sets) => {
    expect(setsOf(parts)).toBe(sets);
  });
});

test('the exec driver of Nomad gives root 38 capabilities, whatever the lists say', () => {
  const { sets } = resolveOrThrow(specOf({ runtime: 'nomad-exec', user: 'root', drop: ['ALL'] }));
  expect(toNames(sets.effective)).toHaveLength(38);
  expect(resolve(specOf({ runtime: 'nomad-exec', user: 'root', add: ['NET_ADMIN'] })).ok).toBe(false);
});

test('Podman cannot give a user what is dropped from ALL', () => {
  const refused = resolve(specOf({ runtime: 'podman', add: ['ALL'], drop: ['KILL'], user: '1000' }));
  expect(refused).toMatchObject({ refusal: { message: 'unable to apply caps: operation not permitted' } });
  expect(resolve(specOf({ runtime: 'podman', add: ['ALL'], drop: ['KILL'] })).ok).toBe(true);
  expect(resolve(specOf({ runtime: 'podman', add: ['ALL'], user: '1000' })).ok).toBe(true);
});

test.each(RUNTIME_IDS)(
  '%s: what is effective is permitted, and what is ambient is inheritable and permitted',
  (runtime) => {
    for (const user of [undefined, '0', '00', 'root', '1000', 'app']) {
      for (const privileged of [false, true]) {
        const outcome = resolve(specOf({ runtime, user, privileged, add: ['SYS_PTRACE'] }));
        if (!outcome.ok) continue;
        const { bounding, permitted, effective, inheritable, ambient } = outcome.resolution.sets;
        const within = (inner: typeof bounding, outer: typeof bounding) =>
          toNames(inner).every((name) => toNames(outer).includes(name));
        expect(within(effective, permitted) && within(permitted, bounding)).toBe(true);
        expect(within(ambient, permitted) && within(ambient, inheritable)).toBe(true);
      }
    }
  },
);
