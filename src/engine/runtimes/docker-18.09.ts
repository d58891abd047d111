import { EMPTY_SET, has } from '../cap-set.ts';
import { CAPABILITIES, numberOf } from '../capability.ts';
import { DOCKER_18_09_CHANGES, DOCKER_18_09_EVERYTHING, DOCKER_DEFAULTS } from '../data/docker.ts';
import { goLower, goQuote, goUpper } from '../go-text.ts';
import { overriding } from '../plan.ts';
import { atWord, refuse } from '../refusal.ts';
import type { Refusal } from '../resolution.ts';
import type { RuntimeRules } from '../runtime-rules.ts';
import { isGoRootUser } from '../user-text.ts';
import { ALL, IGNORED, readWords, remembering, UNKNOWN } from '../word-list.ts';

const PRIVILEGED = overriding('privileged', DOCKER_18_09_EVERYTHING);

const NUMBERS = new Map(
  CAPABILITIES.filter(({ number }) => has(DOCKER_18_09_EVERYTHING, number)).map(({ name, number }) => [
    goLower(name),
    number,
  ]),
);

/** inSlice: compared in lower case, with CAP_ put before the word whether it is there or not. */
const readDrop = remembering((word) =>
  goLower(word) === 'all' ? ALL : (NUMBERS.get(goLower(`CAP_${word}`)) ?? UNKNOWN),
);

/**
 * An added name is compared in lower case and handed on in upper case. The Kelvin sign and the dotted capital I match in
 * lower case and differ in upper case: a name with one of them is taken, and then means nothing to the container runtime.
 */
const readAdd = remembering((word) => {
  const code = readDrop(word);
  return code < 0 || code === ALL || numberOf(goUpper(`CAP_${word}`)) === code ? code : IGNORED;
});

/** Docker from 1.2 up to 18.09: names without CAP_, ALL in drop before ALL in add, explicit adds always last. */
export const docker1809: RuntimeRules = {
  id: 'docker-18.09',
  title: 'Docker 18.09',
  sources: [
    'moby/moby v18.09.0 oci/caps/utils.go TweakCapabilities',
    'moby/moby v18.09.0 daemon/oci_linux.go setCapabilities',
  ],
  changes: DOCKER_18_09_CHANGES,
  defaults: DOCKER_DEFAULTS,
  openPorts: undefined,
  openPing: undefined,
  readAdd,
  readDrop,

  plan({ add, drop, privileged }) {
    if (privileged) return PRIVILEGED;
    const dropped = readWords(drop, readDrop);
    if (dropped.firstUnknown >= 0)
      return refuse(() => refusal('drop', drop[dropped.firstUnknown], dropped.firstUnknown));
    const added = readWords(add, readAdd);
    if (added.firstUnknown >= 0) return refuse(() => refusal('add', add[added.firstUnknown], added.firstUnknown));
    if (dropped.all) {
      const allInBoth = added.all;
      return { ok: true, start: 'nothing', from: EMPTY_SET, added, dropped: EMPTY_SET, last: 'add', allInBoth };
    }
    const start = added.all ? 'everything' : 'defaults';
    const from = added.all ? DOCKER_18_09_EVERYTHING : DOCKER_DEFAULTS;
    return { ok: true, start, from, added, dropped, last: 'add', allInBoth: false };
  },

  isRoot: isGoRootUser,

  // setCapabilities fills the inheritable set too, which 20.10.14 stopped doing (CVE-2022-24769).
  sets({ user }, ceiling) {
    const active = isGoRootUser(user) ? ceiling : EMPTY_SET;
    return { bounding: ceiling, permitted: active, effective: active, inheritable: ceiling, ambient: EMPTY_SET };
  },
};

function refusal(list: 'add' | 'drop', word = '', index = 0): Refusal {
  const isLater = numberOf(goUpper(`CAP_${word}`)) !== undefined;
  const code = isLater ? 'UNSUPPORTED_CAPABILITY' : 'UNKNOWN_CAPABILITY';
  const message =
    list === 'add'
      ? `Unknown capability to add: ${goQuote(`CAP_${word}`)}`
      : `Unknown capability drop: ${goQuote(word)}`;
  return atWord(code, message, list, index);
}
