import { type CapSet, EMPTY_SET } from './cap-set.ts';

/** Reads one word of a list: a capability number, or one of the three codes below. */
export type ReadWord = (word: string) => number;

/** The word that stands for every capability. */
export const ALL = 64;
/** A word that is not the name of a capability for this runtime. */
export const UNKNOWN = -1;
/** A word that the runtime passes over in silence. */
export const IGNORED = -2;

/** A list of words, read: the set of capabilities that it names, and what else is in it. */
export interface WordList extends CapSet {
  /** Whether ALL is among the words. */
  readonly all: boolean;
  /** The position of the first word that was not understood, -1 when there is none. */
  readonly firstUnknown: number;
}

const NO_WORDS: WordList = { ...EMPTY_SET, all: false, firstUnknown: -1 };

/** Reads every word of a list; a word that is not understood is left out of the set. */
export function readWords(words: readonly string[], read: ReadWord): WordList {
  if (words.length === 0) return NO_WORDS;
  let lo = 0;
  let hi = 0;
  let all = false;
  let firstUnknown = -1;
  for (let index = 0; index < words.length; index++) {
    const code = read(words[index] ?? '');
    if (code === ALL) all = true;
    else if (code === UNKNOWN) firstUnknown = firstUnknown < 0 ? index : firstUnknown;
    else if (code >= 32) hi |= 1 << (code - 32);
    else if (code >= 0) lo |= 1 << code;
  }
  return { lo, hi, all, firstUnknown };
}

/** How many spellings are remembered, and how long they may be: together they bound the memory under hostile input. */
const MOST_SPELLINGS = 4096;
const LONGEST_SPELLING = 48;

/**
 * Remembers what exact spellings were read as, since the same few come again and again and upper-casing each of them is
 * what reading costs. When the memory is full it starts anew, so that a flood of odd names cannot slow down what follows.
 */
export function remembering<Code>(read: (word: string) => Code): (word: string) => Code {
  const codes = new Map<string, Code>();
  return (word) => {
    const known = codes.get(word);
    if (known !== undefined) return known;
    const code = read(word);
    if (word.length <= LONGEST_SPELLING) {
      if (codes.size >= MOST_SPELLINGS) codes.clear();
      codes.set(word, code);
    }
    return code;
  };
}
