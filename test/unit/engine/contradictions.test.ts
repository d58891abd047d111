import { expect, test } from '@jest/globals';
import { contradictions } from '../../../src/engine/contradictions.ts';
import type { Spec } from '../../../src/engine/spec.ts';
import { specOf } from './golden.ts';

test.each<[Partial<Spec>, readonly string[]]>([
  [{}, []],
  [{ add: ['BPF'], drop: ['ALL'] }, []],
  [{ add: ['ALL'], drop: ['MKNOD'] }, []],
  [{ privileged: true }, []],
  [{ add: ['FOO'], drop: ['FOO'] }, []],
  [{ add: ['KILL', 'cap_chown'], drop: ['CHOWN'] }, ['spec.add.1']],
  [{ add: ['ALL', 'BPF'], drop: ['bpf', 'all'] }, ['spec.add.0', 'spec.add.1']],
  [{ privileged: true, drop: ['ALL'] }, ['spec.privileged']],
])('%j contradicts itself at %j', (parts, paths) => {
  expect(contradictions(specOf(parts)).map(({ path }) => path)).toEqual(paths);
});

test('the message names the capability and says what to do', () => {
  expect(contradictions(specOf({ add: ['chown'], drop: ['CAP_CHOWN'] }))).toEqual([
    { path: 'spec.add.0', message: 'CAP_CHOWN is both added and dropped; take it out of one of the lists' },
  ]);
});
