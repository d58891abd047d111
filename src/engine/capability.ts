import { CAPABILITY_TABLE } from './data/capability-table.ts';

/** One Linux capability. */
export interface Capability {
  /** The kernel's name, `CAP_CHOWN`. */
  readonly name: string;
  /** The bit number that the kernel gives it, 0 to 40. */
  readonly number: number;
  /** The first kernel version that knows it, such as `5.8`. */
  readonly since: string;
  /** What it lets a process do, in one line. */
  readonly summary: string;
}

/** Every capability, in the order of the kernel's numbers: `CAPABILITIES[12].name` is `CAP_NET_ADMIN`. */
export const CAPABILITIES: readonly Capability[] = CAPABILITY_TABLE;

/** How many capabilities there are: one more than the kernel's cap_last_cap. */
export const CAPABILITY_COUNT = CAPABILITIES.length;

const numbers = new Map(CAPABILITIES.map(({ name, number }) => [name, number]));

/**
 * The number of a capability by its exact name (`CAP_CHOWN`), or undefined when there is none.
 *
 * @example
 * numberOf('CAP_SYS_ADMIN') // → 21
 */
export function numberOf(name: string): number | undefined {
  return numbers.get(name);
}

/**
 * The exact name of a capability number. Throws a RangeError outside 0 to 40.
 *
 * @example
 * nameOf(0) // → 'CAP_CHOWN'
 */
export function nameOf(number: number): string {
  const capability = CAPABILITIES[number];
  if (capability === undefined) throw new RangeError(`there is no capability ${number}`);
  return capability.name;
}
