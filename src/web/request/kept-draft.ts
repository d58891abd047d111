import { useEffect, useState } from 'react';
import { keep, readKept } from '../api/kept.ts';
import { type Draft, readDraft } from './draft.ts';

const nameOf = (member: string, what: string): string => `capward.draft.${member}.${what}`;

function load(key: string): Draft | undefined {
  try {
    return readDraft(JSON.parse(readKept(key) ?? 'null'));
  } catch {
    return undefined;
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
    if (kept.changed) keep(kept.key, JSON.stringify(kept.draft));
  }, [kept]);
  return {
    draft: kept.draft,
    found: kept.found,
    change: (draft) => setKept({ key, draft, found: kept.found, changed: true }),
    forget: () => {
      keep(key, undefined);
      setKept({ key, draft: initial, found: false, changed: false });
    },
  };
}
