import * as fc from 'fast-check';
import { EMPTY_SET, fromBigInt } from '../../../src/engine/cap-set.ts';
import type { Grant } from '../../../src/formats/grant.ts';

/** Any set of the 41 capabilities, small and large ones alike. */
export const arbitraryCapSet = fc
  .oneof(fc.bigInt({ min: 0n, max: (1n << 41n) - 1n }), fc.constantFrom(0n, (1n << 41n) - 1n, 0xa80425fbn))
  .map(fromBigInt);

const awkwardCharacter = fc.constantFrom(...Array.from(`abc 0:'"\\$\`!{}()[]<>|&;*?#~=%^,@é\u{1F600}`));

/** Users as people write them, and text that tries to leave its quotes. */
export const arbitraryUser = fc.oneof(
  fc.constant(undefined),
  fc.constantFrom('root', '0', '1000', '1000:1000', ':5', 'nginx', 'app:staff'),
  fc.nat({ max: 2 ** 31 - 1 }).map(String),
  fc.string({ unit: awkwardCharacter, minLength: 1, maxLength: 12 }).filter((user) => user.trim() !== ''),
);

/** A grant as Docker resolves it: as root everything, as another user only a ceiling; never ambient. */
export const arbitraryDockerGrant: fc.Arbitrary<Grant> = fc
  .record({ bounding: arbitraryCapSet, user: arbitraryUser, noNewPrivileges: fc.boolean() })
  .map(({ bounding, user, noNewPrivileges }) => {
    const atOnce = user === undefined || user === '0' || user === 'root' || user === ':5' ? bounding : EMPTY_SET;
    return {
      team: 'payments',
      profile: 'web',
      revision: 3,
      digest: `sha256:${'0'.repeat(64)}`,
      runtime: 'docker',
      sets: { bounding, permitted: atOnce, effective: atOnce, inheritable: EMPTY_SET, ambient: EMPTY_SET },
      user,
      noNewPrivileges,
      privileged: false,
      status: 'approved',
    };
  });
