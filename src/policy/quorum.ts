/** A demand with its people, as it was when the request was made. `people` is null for everybody who may review. */
export interface PersonalDemand {
  readonly group: string;
  readonly approvals: number;
  /** Person ids; null: everybody who may review. */
  readonly people: readonly string[] | null;
}

/** Approvals that are still missing: how many demands' places stay empty, whoever of the people sits where. */
export function missingApprovals(demands: readonly PersonalDemand[], approvers: readonly string[]): number {
  return places(demands).length - seated(demands, approvers).size;
}

/** A demand with how many of its approvals are missing. */
export interface OpenDemand extends PersonalDemand {
  readonly open: number;
}

/** What each demand still lacks, when the people sit so that the fewest places stay empty. */
export function openDemands(demands: readonly PersonalDemand[], approvers: readonly string[]): readonly OpenDemand[] {
  const seats = places(demands);
  const taken = [...seated(demands, approvers).keys()].map((place) => seats[place]);
  return demands.map((demand, index) => ({
    ...demand,
    open: demand.approvals - taken.filter((one) => one === index).length,
  }));
}

/** Whether an approval by this person would bring the request nearer. */
export function wouldCount(demands: readonly PersonalDemand[], approvers: readonly string[], person: string): boolean {
  return !approvers.includes(person) && seated(demands, [...approvers, person]).size > seated(demands, approvers).size;
}

/** The index of its demand for each place. */
function places(demands: readonly PersonalDemand[]): readonly number[] {
  return demands.flatMap(({ approvals }, index) => Array.from({ length: approvals }, () => index));
}

/**
 * Who sits where, with as many seated as can be: nobody takes two places, so that "2 of security and 1 of platform" is
 * three people. Whoever finds no free place asks somebody to move to another (augmenting paths).
 */
function seated(demands: readonly PersonalDemand[], approvers: readonly string[]): ReadonlyMap<number, string> {
  const seats = places(demands);
  const sits = new Map<number, string>();
  const seat = (person: string, asked: Set<number>): boolean => {
    for (const [place, demand] of seats.entries()) {
      const people = demands[demand]?.people;
      if (asked.has(place) || (people !== null && people?.includes(person) !== true)) continue;
      asked.add(place);
      const sitting = sits.get(place);
      if (sitting === undefined || seat(sitting, asked)) {
        sits.set(place, person);
        return true;
      }
    }
    return false;
  };
  for (const person of new Set(approvers)) seat(person, new Set());
  return sits;
}
