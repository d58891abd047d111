import { goQuote } from './go-text.ts';

const PLAIN_WORD = /^[\w:.+-]+$/;

/** A word of a request for a person to read: as it was typed, quoted if it holds anything that could disturb a reader. */
export function shownWord(word: string): string {
  return PLAIN_WORD.test(word) ? word : goQuote(word);
}
