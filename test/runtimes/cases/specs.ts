import { toNames } from '../../../src/engine/cap-set.ts';
import { CAPABILITIES } from '../../../src/engine/capability.ts';
import type { RuntimeId } from '../../../src/engine/runtime.ts';
import { rulesOf } from '../../../src/engine/runtimes.ts';
import type { Spec } from '../../../src/engine/spec.ts';
import { type Random, randomFrom } from './random.ts';

/** How much is run: `quick` takes a minute, `full` as long as it needs. */
export type Pace = 'quick' | 'full';

/** Change it, and other random specs are run. */
const SEED = 20_241_124;
const RANDOM_SPECS: Readonly<Record<Pace, number>> = { quick: 4, full: 40 };

const NAMES = CAPABILITIES.map(({ name }) => name.slice('CAP_'.length));

/** Users by number and by name, root in several spellings. `app` is in the image's /etc/passwd. */
const USERS = [
  undefined,
  '0',
  'root',
  '0:1000',
  ':1000',
  '00',
  '1000',
  '1000:0',
  '1000:1000',
  'app',
  'app:app',
] as const;

/** What people ask a runtime for, and what they ask by mistake, as far as the runtime takes it. */
export function specsFor(runtime: RuntimeId, pace: Pace): readonly Spec[] {
  const spec = (parts: Partial<Spec> = {}): Spec => ({
    runtime,
    add: [],
    drop: [],
    privileged: false,
    noNewPrivileges: false,
    ...parts,
  });
  const plain = [
    spec(),
    spec({ drop: ['ALL'] }),
    spec({ drop: ['ALL'], add: ['NET_BIND_SERVICE', 'CHOWN'] }),
    spec({ add: ['net_admin', 'Cap_Sys_Time'], drop: ['cap_mknod'] }),
    spec({ user: '1000', add: ['NET_RAW'] }),
    spec({ user: '1000:1000', add: ['KILL'], drop: ['all'], noNewPrivileges: true }),
    spec({ noNewPrivileges: true }),
    spec({ add: ['ALL'] }),
    spec({ privileged: true }),
  ];
  const contradictory = [
    spec({ add: ['CHOWN'], drop: ['CHOWN'] }),
    spec({ add: ['ALL'], drop: ['ALL'] }),
    spec({ add: ['ALL'], drop: ['SYS_ADMIN', 'SYS_RESOURCE'] }),
    spec({ add: ['ALL', 'CHOWN'], drop: ['CHOWN', 'SYS_RESOURCE'] }),
    spec({ add: ['CHOWN'], drop: ['ALL', 'CHOWN'] }),
    spec({ privileged: true, add: ['CHOWN'], drop: ['ALL'] }),
  ];
  const random = randomFrom(SEED);
  const randoms = Array.from({ length: RANDOM_SPECS[pace] }, () => spec(randomParts(random)));
  if (pace === 'quick') return [...plain, ...contradictory.slice(0, 3), ...randoms];
  const users = USERS.flatMap((user) => [
    spec({ user, add: ['SYS_TIME'], drop: ['MKNOD'] }),
    spec({ user, add: ['SYS_TIME'], drop: ['ALL'], noNewPrivileges: true }),
  ]);
  const singles = [
    ...NAMES.map((name) => spec({ add: [name], drop: ['ALL'] })),
    ...toNames(rulesOf(runtime).defaults).map((name) => spec({ drop: [name] })),
  ];
  return [...plain, ...contradictory, ...users, ...singles, ...randoms];
}

/** Random parts of a spec, in every spelling; now and then ALL, and now and then contradictory. */
export function randomParts(random: Random): Partial<Spec> {
  const spelt = (name: string) =>
    random.pick([name, name, name.toLowerCase(), `CAP_${name}`, `Cap_${name.toLowerCase()}`]);
  // Without the ones that this machine lacks: cases that cannot be run show nothing.
  const words = (most: number, everything: number) => [
    ...random
      .some(
        NAMES.filter((name) => name !== 'SYS_RESOURCE'),
        most,
      )
      .map(spelt),
    ...(random.once(everything) ? [random.pick(['ALL', 'all'])] : []),
  ];
  return {
    add: words(6, 30),
    drop: words(8, 3),
    user: random.pick(USERS),
    noNewPrivileges: random.once(4),
  };
}
