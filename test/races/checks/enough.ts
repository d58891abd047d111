import type { PersonalDemand } from '../../../src/policy/quorum.ts';

/**
 * Whether these people meet all demands, nobody counting for two of them: tried out in every way there is, so that it
 * owes nothing to how the service works it out.
 */
export function isEnough(demands: readonly PersonalDemand[], people: ReadonlySet<string>): boolean {
  const places = demands.flatMap(({ approvals, people: eligible }) =>
    Array.from({ length: approvals }, () => eligible),
  );
  const fill = (place: number, left: ReadonlySet<string>): boolean => {
    if (place === places.length) return true;
    const eligible = places[place];
    return [...left].some(
      (person) =>
        (eligible === null || eligible?.includes(person) === true) &&
        fill(place + 1, new Set([...left].filter((other) => other !== person))),
    );
  };
  return fill(0, people);
}
