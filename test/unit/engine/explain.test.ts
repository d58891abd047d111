import { describe, expect, test } from '@jest/globals';
import { explain } from '../../../src/engine/explain.ts';
import { resolveOrThrow } from '../../../src/engine/resolve.ts';
import type { Spec } from '../../../src/engine/spec.ts';
import { specOf } from './golden.ts';

test('there is a decision for each of the 41, by number, and it agrees with the sets', () => {
  const decisions = explain(resolveOrThrow(specOf({ add: ['SYS_TIME'], drop: ['CHOWN'] })));
  expect(decisions).toHaveLength(41);
  expect(decisions[0]).toEqual({
    capability: 'CAP_CHOWN',
    included: false,
    because: 'In the default set of Docker, and dropped by name.',
  });
  expect(decisions.filter(({ included }) => included)).toHaveLength(14);
  expect(decisions.every(({ because }) => because.endsWith('.'))).toBe(true);
});

describe("Docker's reasons", () => {
  test.each<[Partial<Spec>, string, string]>([
    [{}, 'CAP_CHOWN', 'In the default set of Docker.'],
    [{}, 'CAP_BPF', 'Not in the default set of Docker, and not added.'],
    [{ add: ['chown'] }, 'CAP_CHOWN', 'In the default set of Docker already; adding it changes nothing.'],
    [{ add: ['BPF'] }, 'CAP_BPF', 'Added by name.'],
    [{ drop: ['BPF'] }, 'CAP_BPF', 'Not in the default set of Docker; dropping it changes nothing.'],
    [{ add: ['CHOWN'], drop: ['CHOWN'] }, 'CAP_CHOWN', 'In both lists, and on Docker the add list has the last word.'],
    [{ add: ['ALL'] }, 'CAP_BPF', 'ALL is added.'],
    [{ add: ['ALL'], drop: ['BPF'] }, 'CAP_BPF', 'Dropped by name from ALL.'],
    [{ add: ['ALL'], drop: ['ALL'] }, 'CAP_BPF', 'ALL is in both lists, and on Docker adding ALL wins.'],
    [{ add: ['BPF'], drop: ['ALL'] }, 'CAP_BPF', 'ALL is dropped, and this is added back by name.'],
    [{ drop: ['ALL'] }, 'CAP_CHOWN', 'ALL is dropped, and this is not added back.'],
    [{ privileged: true, drop: ['BPF'] }, 'CAP_BPF', 'Privileged: every capability is given, whatever the lists say.'],
    [{ user: '1000' }, 'CAP_KILL', 'In the default set of Docker. Only a ceiling: user 1000 does not start with it.'],
    [
      { user: 'a\nb' },
      'CAP_KILL',
      'In the default set of Docker. Only a ceiling: user "a\\nb" does not start with it.',
    ],
  ])('%j: %s', (parts, capability, because) => {
    const decision = explain(resolveOrThrow(specOf(parts))).find((one) => one.capability === capability);
    expect(decision?.because).toBe(because);
  });
});

describe('the reasons of other runtimes', () => {
  test.each<[Partial<Spec>, string, string]>([
    [{ runtime: 'docker-18.09', add: ['ALL'] }, 'CAP_BPF', 'Docker 18.09 does not know it, so ALL does not cover it.'],
    [
      { runtime: 'docker-18.09', privileged: true },
      'CAP_BPF',
      'Docker 18.09 does not know it, so not even privileged gives it.',
    ],
    [
      { runtime: 'docker-18.09', add: ['ALL', 'KILL'], drop: ['KILL'] },
      'CAP_KILL',
      'Dropped by name, but added by name as well, and on Docker 18.09 the add list has the last word.',
    ],
    [
      { runtime: 'docker-18.09', add: ['ALL'], drop: ['ALL'] },
      'CAP_KILL',
      'ALL is in both lists, and on Docker 18.09 dropping ALL wins; this is not added by name.',
    ],
    [{ runtime: 'containerd', add: ['ALL'] }, 'CAP_BPF', 'ALL is added.'],
    [{ runtime: 'containerd', add: ['ALL'], drop: ['BPF'] }, 'CAP_BPF', 'Dropped by name from ALL.'],
    [
      { runtime: 'containerd', add: ['CHOWN'], drop: ['CHOWN'] },
      'CAP_CHOWN',
      'In both lists, and on containerd the drop list has the last word.',
    ],
    [
      { runtime: 'crio', add: ['KILL'], drop: ['ALL', 'KILL'] },
      'CAP_KILL',
      'Added by name, but dropped by name as well, and on CRI-O the drop list has the last word.',
    ],
    [{ runtime: 'crio' }, 'CAP_NET_RAW', 'Not in the default set of CRI-O, and not added.'],
    [
      { runtime: 'nerdctl', add: ['ALL'], drop: ['ALL'] },
      'CAP_BPF',
      'ALL is in both lists, and on nerdctl adding ALL wins.',
    ],
    [
      { runtime: 'nomad-exec', user: 'root', drop: ['ALL'] },
      'CAP_SYS_ADMIN',
      'Nomad (exec driver) gives it to the user root, whatever the lists say.',
    ],
    [
      { runtime: 'nomad-exec', user: 'root' },
      'CAP_BPF',
      'Not among what Nomad (exec driver) gives to the user root, and the lists do not count for root.',
    ],
  ])('%j: %s', (parts, capability, because) => {
    const decision = explain(resolveOrThrow(specOf(parts))).find((one) => one.capability === capability);
    expect(decision?.because).toBe(because);
  });
});
