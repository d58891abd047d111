import { useEffect, useRef } from 'react';

/** What a key does on a page: `j`, `Enter`, `?`. */
export type Keys = Readonly<Record<string, () => void>>;

/** Single keys that work anywhere on the page, but not where somebody types, nor in a window over it. */
export function useKeys(keys: Keys): void {
  const current = useRef(keys);
  useEffect(() => {
    current.current = keys;
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
      if (isTyping(event.target) || document.querySelector('dialog[open], [role="dialog"]') !== null) return;
      const act = current.current[event.key];
      if (act === undefined) return;
      event.preventDefault();
      act();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  // Enter on something that can be pressed presses that.
  return target.matches('input, textarea, select, [contenteditable], button, summary, [role="menuitem"]');
}
