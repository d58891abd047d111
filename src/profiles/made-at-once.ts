import { isUniqueViolation } from '../storage/faults.ts';

/**
 * Does something that makes a profile where there is none. Where somebody else has made the same one at the same time, it is
 * done once more, and finds theirs.
 */
export async function evenIfMadeAtOnce<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (isUniqueViolation(error)) return work();
    throw error;
  }
}
