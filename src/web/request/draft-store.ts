import { keep, keysKept, readKept } from '../api/kept.ts';
import { alone, tabId } from '../api/tab.ts';
import { type Draft, readDraft } from './draft.ts';

// Each tab has a draft of its own: two that shared one would write over each other. No name of a thing has the sign.
const keyOf = (thing: string, tab: string): string => `${thing}@${tab}`;

/** The draft that this tab has of it. */
export const ownDraft = (thing: string): Draft | undefined => read(keyOf(thing, tabId()))?.draft;

/** Keeps it for this tab, or forgets it. */
export function keepOwn(thing: string, draft: Draft | undefined): void {
  keep(keyOf(thing, tabId()), draft === undefined ? undefined : JSON.stringify({ ...draft, at: Date.now() }));
}

/**
 * The draft that was written last in a tab that is there no more, which is this tab's from then on; undefined where
 * there is none, or where it is wanted no more by the time that this is known.
 */
export function takeLeft(thing: string, isWanted: () => boolean): Promise<Draft | undefined> {
  return alone((isLiving) => {
    if (!isWanted()) return undefined;
    const own = ownDraft(thing);
    if (own !== undefined) return own;
    const [last] = [thing, ...keysKept(keyOf(thing, ''))]
      .filter((key) => isLiving?.(key.slice(thing.length + 1)) !== true)
      .flatMap((key) => read(key) ?? [])
      .toSorted((one, other) => other.at - one.at);
    if (last === undefined) return undefined;
    keepOwn(thing, last.draft);
    // Where nobody knows who lives, it may be in use: that tab has it on its page, and keeps it anew with the next letter.
    keep(last.key, undefined);
    return last.draft;
  });
}

interface Stored {
  readonly key: string;
  readonly draft: Draft;
  /** When it was written (milliseconds). */
  readonly at: number;
}

function read(key: string): Stored | undefined {
  try {
    const value: unknown = JSON.parse(readKept(key) ?? 'null');
    const draft = readDraft(value);
    const { at } = (value ?? {}) as { readonly at?: unknown };
    return draft === undefined ? undefined : { key, draft, at: typeof at === 'number' ? at : 0 };
  } catch {
    return undefined;
  }
}
