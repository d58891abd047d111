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

/** A value as JSON that a terminal may show: what it would act upon is escaped, which programs read as the same. */
export function shownJson(value: unknown, indent?: number): string {
  return JSON.stringify(value, null, indent).replaceAll(ACTED_UPON, escaped);
}

/** What JSON itself does not escape of it; line feeds are its layout. */
const ACTED_UPON = /[\p{Cf}\u{7f}-\u{9f}]/gu;

function escaped(character: string): string {
  return Array.from({ length: character.length }, (_, at) => {
    return `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`;
  }).join('');
}
