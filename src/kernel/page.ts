import { invalidInput } from './errors.ts';

/** Largest page that a caller may ask for; what is returned when nothing is asked. */
export const MAX_PAGE = 100;
export const DEFAULT_PAGE = 20;

/** A page as asked for: `first` rows after the row whose key is `after`. */
export interface PageArgs {
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
}

/** A page as a store takes it. `after` is the key of the last row seen, or undefined at the beginning. */
export interface Page<Key> {
  readonly first: number;
  readonly after: Key | undefined;
}

export interface PageOf<Row> {
  readonly rows: readonly Row[];
  readonly hasNextPage: boolean;
}

/** How a key travels in a cursor. `decode` returns undefined for what this list could not have handed out. */
export interface CursorCodec<Key> {
  encode(key: Key): string;
  decode(text: string): Key | undefined;
}

export function readPage<Key>(args: PageArgs, codec: CursorCodec<Key>): Page<Key> {
  const first = args.first ?? DEFAULT_PAGE;
  if (!Number.isInteger(first) || first < 1 || first > MAX_PAGE) {
    throw invalidInput('first', `ask for 1 to ${MAX_PAGE} at a time`);
  }
  if (args.after === undefined || args.after === null) return { first, after: undefined };
  const after = codec.decode(args.after);
  if (after === undefined) throw invalidInput('after', 'not a cursor of this list; use the endCursor of a page of it');
  return { first, after };
}

/** Stores fetch one row more than asked to learn whether there is a next page. */
export function cutPage<Row>(rows: readonly Row[], first: number): PageOf<Row> {
  return { rows: rows.slice(0, first), hasNextPage: rows.length > first };
}

/** Cursors over one or more text keys: base64url of their JSON, with a mark of the list they belong to. */
export function cursorOf<Key extends readonly string[]>(
  list: string,
  isKey: (key: readonly string[]) => boolean,
): CursorCodec<Key> {
  return {
    encode: (key) => Buffer.from(JSON.stringify([list, ...key])).toString('base64url'),
    decode: (text) => {
      if (text.length > 512) return undefined;
      let value: unknown;
      try {
        value = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
      } catch {
        return undefined;
      }
      if (!Array.isArray(value) || value[0] !== list || !value.every((part) => typeof part === 'string'))
        return undefined;
      const key = value.slice(1) as readonly string[];
      return isKey(key) ? (key as unknown as Key) : undefined;
    },
  };
}
