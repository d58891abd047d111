import { carriedWords, userOf } from './carriage.ts';
import { dropAllAdd, dropOthersAddAmbient, type ExplicitWords } from './explicit-words.ts';
import type { Format } from './format.ts';
import type { Grant } from './grant.ts';
import { runLine } from './run-line.ts';

/** Arguments of `podman run`. */
export const podmanRun: Format<'podman-run'> = {
  id: 'podman-run',
  title: 'podman run arguments',
  mediaType: 'text/plain; charset=utf-8',
  extension: 'txt',
  render(grant) {
    return runLine(grant, podmanWords(podmanRun.id, grant), userOf(podmanRun.id, grant));
  },
};

/**
 * Drop ALL and add, where that is exact. It is not for a user other than root with a ceiling above the ambient set:
 * Podman makes everything added ambient.
 */
export function podmanWords(format: string, grant: Grant): ExplicitWords {
  const candidates = [dropAllAdd(grant.sets.bounding), dropOthersAddAmbient(grant.sets)];
  return carriedWords(format, grant, ['podman'], candidates);
}
