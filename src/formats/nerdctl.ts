import { carriedWords, userOf } from './carriage.ts';
import { dropAllAdd } from './explicit-words.ts';
import type { Format } from './format.ts';
import { runLine } from './run-line.ts';

/** Arguments of `nerdctl run`. */
export const nerdctl: Format<'nerdctl'> = {
  id: 'nerdctl',
  title: 'nerdctl run arguments',
  mediaType: 'text/plain; charset=utf-8',
  extension: 'txt',
  render(grant) {
    const words = carriedWords(nerdctl.id, grant, ['nerdctl'], [dropAllAdd(grant.sets.bounding)]);
    return runLine(grant, words, userOf(nerdctl.id, grant));
  },
};
