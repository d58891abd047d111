import { expect, test } from '@jest/globals';
import { EMPTY_SET, fromNames } from '../../../src/engine/cap-set.ts';
import { execve } from '../../../src/engine/execve.ts';

const SOME = fromNames(['CAP_CHOWN', 'CAP_BPF']);
const ONE = fromNames(['CAP_CHOWN']);
const NONE = EMPTY_SET;

// The rows were measured with runc 1.1.5 on Linux 6.18, but for the last two, which follow from capabilities(7).
test.each([
  { name: 'bnd eff prm, root', bounding: SOME, permitted: SOME, root: true, nnp: false, after: SOME },
  { name: 'bnd eff prm, root, nnp', bounding: SOME, permitted: SOME, root: true, nnp: true, after: SOME },
  { name: 'bnd only, root regains', bounding: SOME, permitted: NONE, root: true, nnp: false, after: SOME },
  { name: 'bnd only, root, nnp', bounding: SOME, permitted: NONE, root: true, nnp: true, after: NONE },
  { name: 'bnd eff prm, user', bounding: SOME, permitted: SOME, root: false, nnp: false, after: NONE },
  { name: 'with inh, user', bounding: SOME, permitted: SOME, inheritable: SOME, root: false, nnp: false, after: NONE },
  {
    name: 'all five, user',
    bounding: SOME,
    permitted: SOME,
    inheritable: SOME,
    ambient: SOME,
    root: false,
    nnp: true,
    after: SOME,
  },
  {
    name: 'ambient for root',
    bounding: SOME,
    permitted: ONE,
    inheritable: ONE,
    ambient: ONE,
    root: true,
    nnp: false,
    after: SOME,
  },
  {
    name: 'ambient for root, nnp',
    bounding: SOME,
    permitted: ONE,
    inheritable: ONE,
    ambient: ONE,
    root: true,
    nnp: true,
    after: ONE,
  },
])('$name', ({ bounding, permitted, inheritable = NONE, ambient = NONE, root, nnp, after }) => {
  const sets = execve({ bounding, permitted, inheritable, ambient }, root, nnp);
  expect(sets).toEqual({ bounding, permitted: after, effective: after, inheritable, ambient });
});
