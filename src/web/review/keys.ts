import { useEffect, useRef } from 'react';

/** What a key does on a page: `j`, `Enter`, `?`. */
export type Keys = Readonly<Record<string, () => void>>;

/**
 * Single keys that work anywhere on the page, but not where somebody types, nor in a window over it. They are pressed by
 * mistake, and by people who speak: none of them may change anything by itself.
 */
export function useKeys(keys: Keys): void {
  const current = useRef(keys);
  useEffect(() => {
    current.current = keys;
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
      if (isFor(event.target, event.key) || document.querySelector('dialog[open], [role="dialog"]') !== null) return;
      const act = current.current[event.key];
      if (act === undefined) return;
      event.preventDefault();
      act();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
}

const TAKES_LETTERS =
  'input:not([type="radio"], [type="checkbox"]), textarea, select, [contenteditable], [role="menuitem"]';
const TAKES_ENTER = 'a[href], button, summary, input';

/** Whether what has the focus does something of its own with the key. */
function isFor(target: EventTarget | null, key: string): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.matches(TAKES_LETTERS) || (key === 'Enter' && target.matches(TAKES_ENTER));
}
