import { carriedWords, userOf } from './carriage.ts';
import { dockerOf } from './docker-family.ts';
import { dropAllAdd } from './explicit-words.ts';
import type { Format } from './format.ts';
import { runLine } from './run-line.ts';

/** Arguments of `docker run`: one flag per capability, since Docker does not split comma lists. */
export const dockerRun: Format<'docker-run'> = {
  id: 'docker-run',
  title: 'docker run arguments',
  mediaType: 'text/plain; charset=utf-8',
  extension: 'txt',
  render(grant) {
    const words = carriedWords(dockerRun.id, grant, [dockerOf(grant)], [dropAllAdd(grant.sets.bounding)]);
    return runLine(grant, words, userOf(dockerRun.id, grant));
  },
};
