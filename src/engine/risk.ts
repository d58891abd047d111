import type { CapSet } from './cap-set.ts';
import { RISK_ITEMS } from './risk-item.ts';
import { RANKED_TIERS, type RiskTier } from './risk-tier.ts';

export { RISK_TIERS, type RiskTier } from './risk-tier.ts';

/** The name of the scoring model. Its rules and figures are in docs/risk-model.md. */
export const RISK_MODEL = 'caprisk-1.0.0';

/** How much harm a ceiling allows. */
export interface RiskScore {
  /** Millionths of a point, an integer from 0 to 100,000,000. */
  readonly micro: number;
  readonly tier: RiskTier;
}

const MICRO = 1_000_000;
const NOTHING: RiskScore = { micro: 0, tier: 'none' };
const PRIVILEGED: RiskScore = { micro: 100 * MICRO, tier: 'privileged' };

/** The bands by rank: where each begins, how wide it is in points, and the weight that takes a score to its middle. */
const FLOOR = [1, 20, 45, 75];
const WIDTH = [19, 25, 30, 25];
const HALF = [8, 40, 30, 60];

/** An item counts a quarter as much for every tier that it lies below the highest one. */
export const TOP_FACTOR = 64;

/**
 * Scores a bounding set. The highest tier of any capability or combination in it decides the band; everything in it moves
 * the score upwards inside the band, never out of it. Depends on nothing else than the set and whether the container is
 * privileged, and never falls when the set grows.
 *
 * @example
 * scoreRisk(fromNames(['CAP_NET_ADMIN', 'CAP_NET_RAW']), false).tier // → 'high'
 */
export function scoreRisk(ceiling: CapSet, privileged: boolean): RiskScore {
  if (privileged) return PRIVILEGED;
  const weights = weightsByRank(ceiling);
  if (weights === 0) return NOTHING;
  const top = (31 - Math.clz32(weights)) >>> 3;
  let sum = 0;
  for (let rank = 0; rank <= top; rank++)
    sum += ((weights >>> (8 * rank)) & 0xff) * (TOP_FACTOR >>> (2 * (top - rank)));
  return { micro: microOf(top, sum), tier: RANKED_TIERS[top] ?? 'none' };
}

/**
 * The score as it is shown: points from 0 to 100 with one decimal.
 *
 * @example
 * shownScore(scoreRisk(fromNames(['CAP_NET_BIND_SERVICE']), false).micro) // → 3.1
 */
export function shownScore(micro: number): number {
  return Math.round(micro / 100_000) / 10;
}

/** Where in its band a sum of weights puts a score, in whole millionths. Quotients are far from the limits of a double. */
function microOf(top: number, sum: number): number {
  const width = (WIDTH[top] ?? 0) * MICRO;
  return (FLOOR[top] ?? 0) * MICRO + Math.floor((width * sum) / (sum + TOP_FACTOR * (HALF[top] ?? 0)));
}

/**
 * The summed weights of a ceiling's items, one byte of the word for each rank (low first): the model's weights fit, and a
 * test holds them to it. Capabilities are looked up eight at a time, since this runs for every resolution.
 */
function weightsByRank({ lo, hi }: CapSet): number {
  let weights =
    at(lo & 0xff) +
    at(0x100 | ((lo >>> 8) & 0xff)) +
    at(0x200 | ((lo >>> 16) & 0xff)) +
    at(0x300 | (lo >>> 24)) +
    at(0x400 | (hi & 0xff)) +
    at(0x500 | (hi >>> 8));
  for (let index = 0; index < COMBINATIONS.length; index += 3) {
    const needsLo = COMBINATIONS[index] ?? 0;
    const needsHi = COMBINATIONS[index + 1] ?? 0;
    if ((lo & needsLo) === needsLo && (hi & needsHi) === needsHi) weights += COMBINATIONS[index + 2] ?? 0;
  }
  return weights;
}

function at(index: number): number {
  return BYTE_WEIGHTS[index] ?? 0;
}

/** The packed weights of the eight capabilities of each byte of a set, for each of the byte's 256 values. */
const BYTE_WEIGHTS = Int32Array.from({ length: 6 * 256 }, (_, index) => {
  let weights = 0;
  for (let bit = 0; bit < 8; bit++) {
    const item = RISK_ITEMS[(index >>> 8) * 8 + bit];
    if (((index >>> bit) & 1) === 1 && item?.id.startsWith('CAP_') === true) weights += packed(item);
  }
  return weights;
});

/** For each combination: the low word, the high word, the packed weight. */
const COMBINATIONS = Int32Array.from(
  RISK_ITEMS.filter(({ id }) => !id.startsWith('CAP_')).flatMap((item) => [
    item.members.lo,
    item.members.hi,
    packed(item),
  ]),
);

function packed({ weight, rank }: { readonly weight: number; readonly rank: number }): number {
  return weight << (8 * rank);
}
