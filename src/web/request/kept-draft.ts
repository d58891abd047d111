import { useEffect, useState } from 'react';
import { type Draft, readDraft } from './draft.ts';

const nameOf = (member: string, what: string): string => `capward.draft.${member}.${what}`;

function load(key: string): Draft | undefined {
  try {
    return readDraft(JSON.parse(localStorage.getItem(key) ?? 'null'));
  } catch {
    return undefined;
  }
}

function save(key: string, draft: Draft | undefined): void {
  try {
    if (draft === undefined) localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify(draft));
  } catch {
    // Storage is full or switched off: the draft lasts as long as the page.
  }
}

interface KeptDraft {
  readonly draft: Draft;
  /** Whether it was found in this browser, from another time. */
  readonly found: boolean;
  readonly change: (draft: Draft) => void;
  /** Forgets it, and begins anew. */
  readonly forget: () => void;
}

/**
 * A draft that outlives the page, the session and the browser. Each person has their own, one for each thing that they
 * ask for.
 */
export function useKeptDraft(member: string, what: string, initial: Draft): KeptDraft {
  const key = nameOf(member, what);
  const [kept, setKept] = useState(() => {
    const stored = load(key);
    return { key, draft: stored ?? initial, found: stored !== undefined, changed: false };
  });
  if (kept.key !== key) {
    const stored = load(key);
    setKept({ key, draft: stored ?? initial, found: stored !== undefined, changed: false });
  }
  useEffect(() => {
    if (kept.changed) save(kept.key, kept.draft);
  }, [kept]);
  return {
    draft: kept.draft,
    found: kept.found,
    change: (draft) => setKept({ key, draft, found: kept.found, changed: true }),
    forget: () => {
      save(key, undefined);
      setKept({ key, draft: initial, found: false, changed: false });
    },
  };
}
