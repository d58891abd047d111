import { type CapSet, EMPTY_SET, has, intersect, isEmpty, minus, ofNumber, size, toNumbers, union } from './cap-set.ts';
import { scoreRisk } from './risk.ts';
import { itemsIn, type RiskItem } from './risk-item.ts';

/**
 * The smallest set of capabilities without which a ceiling falls into a lower tier; among sets of that size the one that
 * leaves the lowest score, then the one with the lower numbers. Undefined for the empty ceiling.
 *
 * Every capability of the highest tier has to go. What remains of that tier are combinations of lesser capabilities, and
 * one member of each has to go; they are few, so all choices are tried, the smallest first.
 */
export function smallestDrop(ceiling: CapSet): CapSet | undefined {
  const items = itemsIn(ceiling);
  if (items.length === 0) return undefined;
  const top = Math.max(...items.map(({ rank }) => rank));
  const topItems = items.filter(({ rank }) => rank === top);
  const forced = topItems.filter(({ members }) => size(members) === 1).reduce(addMembers, EMPTY_SET);
  const open = topItems.filter(({ members }) => isEmpty(intersect(members, forced)));
  return bestChoice(ceiling, forced, open);
}

function addMembers(set: CapSet, { members }: RiskItem): CapSet {
  return union(set, members);
}

function bestChoice(ceiling: CapSet, forced: CapSet, open: readonly RiskItem[]): CapSet {
  const candidates = toNumbers(open.reduce(addMembers, EMPTY_SET));
  for (let count = 0; count <= candidates.length; count++) {
    let best: { readonly drop: CapSet; readonly micro: number } | undefined;
    for (const chosen of choices(candidates, count)) {
      const drop = chosen.reduce((set, number) => union(set, ofNumber(number)), forced);
      if (!open.every(({ members }) => toNumbers(members).some((number) => has(drop, number)))) continue;
      const { micro } = scoreRisk(minus(ceiling, drop), false);
      if (best === undefined || micro < best.micro) best = { drop, micro };
    }
    if (best !== undefined) return best.drop;
  }
  return union(forced, open.reduce(addMembers, EMPTY_SET));
}

/** Every way to take `count` of the numbers, in order. */
function* choices(numbers: readonly number[], count: number): Generator<readonly number[]> {
  if (count === 0) {
    yield [];
    return;
  }
  for (const [index, number] of numbers.entries()) {
    for (const rest of choices(numbers.slice(index + 1), count - 1)) yield [number, ...rest];
  }
}
