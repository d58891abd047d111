import { goQuote } from '../engine/go-text.ts';

/** What a terminal acts upon, or cannot show: control characters, marks of direction, halves of characters. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}]/gu;

/** Text that somebody else wrote, on one line of a terminal: white space becomes a space, what cannot be seen its number. */
export function onOneLine(text: string): string {
  return text.replaceAll(/\s+/gu, ' ').replaceAll(UNSEEN, numbered);
}

/** A name out of a file: as it stands there, quoted if it holds anything that could disturb a terminal. */
export function shownName(name: string): string {
  return onOneLine(name) === name ? name : goQuote(name);
}

function numbered(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}
