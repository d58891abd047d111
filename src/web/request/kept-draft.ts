import { useEffect, useRef, useState } from 'react';
import type { Draft } from './draft.ts';
import { keepOwn, ownDraft, takeLeft } from './draft-store.ts';

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
 * ask for and for each tab in which they do; a new tab goes on with one whose tab is gone.
 */
export function useKeptDraft(member: string, what: string, initial: Draft): KeptDraft {
  const thing = `capward.draft.${member}.${what}`;
  const [kept, setKept] = useState(() => begun(thing, initial));
  if (kept.thing !== thing) setKept(begun(thing, initial));
  useEffect(() => {
    if (kept.changed) keepOwn(kept.thing, kept.draft);
  }, [kept]);
  const touched = useRef<string>(undefined);
  useEffect(() => {
    let left = false;
    const isWanted = () => !left && touched.current !== thing;
    const goOn = async () => {
      const draft = await takeLeft(thing, isWanted);
      if (draft === undefined || !isWanted()) return;
      setKept((now) => (now.found ? now : { thing, draft, found: true, changed: false }));
    };
    void goOn();
    return () => {
      left = true;
    };
  }, [thing]);
  return {
    draft: kept.draft,
    found: kept.found,
    change: (draft) => {
      touched.current = thing;
      setKept({ thing, draft, found: kept.found, changed: true });
    },
    forget: () => {
      touched.current = thing;
      keepOwn(thing, undefined);
      setKept({ thing, draft: initial, found: false, changed: false });
    },
  };
}

function begun(thing: string, initial: Draft) {
  const own = ownDraft(thing);
  return { thing, draft: own ?? initial, found: own !== undefined, changed: false };
}
