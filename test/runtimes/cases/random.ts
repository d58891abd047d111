/** Random choices that are the same in every run. */
export interface Random {
  /** A whole number from 0 up to, and without, `below`. */
  number(below: number): number;
  /** True once in `times`. */
  once(times: number): boolean;
  pick<T>(choices: readonly [T, ...T[]]): T;
  /** Some of the choices, up to `most`, each at most once. */
  some<T>(choices: readonly T[], most: number): T[];
}

/** Mulberry32, a generator of 32 bits of state by Tommy Ettinger, public domain. */
export function randomFrom(seed: number): Random {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const number = (below: number) => Math.floor(next() * below);
  return {
    number,
    once: (times) => number(times) === 0,
    pick: (choices) => choices[number(choices.length)] ?? choices[0],
    some(choices, most) {
      const left = [...choices];
      const count = number(Math.min(most, left.length) + 1);
      return Array.from({ length: count }, () => left.splice(number(left.length), 1)).flat();
    },
  };
}
