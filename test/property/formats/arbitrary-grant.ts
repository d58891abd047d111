import * as fc from 'fast-check';
import { FULL_SET, fromBigInt, toNames } from '../../../src/engine/cap-set.ts';
import { resolve } from '../../../src/engine/resolve.ts';
import type { RuntimeId } from '../../../src/engine/runtime.ts';
import type { Spec } from '../../../src/engine/spec.ts';
import type { Grant } from '../../../src/formats/grant.ts';

const awkwardCharacter = fc.constantFrom(...Array.from(`abc 0:'"\\$\`!{}()[]<>|&;*?#~=%^,@é\u{1F600}`));

/** Users as people write them, and text that tries to leave its quotes. */
const arbitraryUser = fc.oneof(
  fc.constant(undefined),
  fc.constantFrom('root', '0', '1000', '1000:1000', '0:5', ':5', 'nginx', 'app:staff'),
  fc.constantFrom('a${b}', 'a%{b}', '$a', '$$', 'a%b', 'a"b', "a'b", 'a\\b', 'a b', '%%{'),
  fc.nat({ max: 2 ** 31 - 1 }).map(String),
  fc.string({ unit: awkwardCharacter, minLength: 1, maxLength: 12 }),
);

/** Some of the 41 names, or ALL, few and many alike. */
const arbitraryNames = fc.oneof(
  fc.subarray(
    toNames(FULL_SET).map((name) => name.slice('CAP_'.length)),
    { maxLength: 4 },
  ),
  fc.bigInt({ min: 0n, max: (1n << 41n) - 1n }).map((mask) => toNames(fromBigInt(mask)).map((name) => name.slice(4))),
  fc.constantFrom(['ALL'], []),
);

/** A profile as it would be approved: any words that the runtime accepts, resolved by the engine. */
export function arbitraryGrant(...runtimes: readonly RuntimeId[]): fc.Arbitrary<Grant> {
  return fc
    .record({
      runtime: fc.constantFrom(...runtimes),
      add: arbitraryNames,
      drop: arbitraryNames,
      user: arbitraryUser,
      noNewPrivileges: fc.boolean(),
      privileged: fc.constant(false),
    })
    .map(grantOfSpec)
    .filter((grant) => grant !== undefined);
}

function grantOfSpec(spec: Spec): Grant | undefined {
  const outcome = resolve(spec);
  if (!outcome.ok) return undefined;
  return {
    team: 'payments',
    profile: 'web',
    revision: 3,
    digest: `sha256:${'0'.repeat(64)}`,
    runtime: spec.runtime,
    sets: outcome.resolution.sets,
    user: spec.user,
    noNewPrivileges: spec.noNewPrivileges,
    privileged: false,
    status: 'approved',
  };
}
