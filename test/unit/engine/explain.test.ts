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
