/** Whoever has done nothing for so long only watches (milliseconds). */
const PRESENT = 60_000;

let last = Date.now();

/** Notes whenever somebody does something on the page. */
export function notePresence(page: Pick<Document, 'addEventListener'>): void {
  for (const kind of ['keydown', 'pointerdown', 'wheel']) {
    page.addEventListener(kind, () => (last = Date.now()), { capture: true, passive: true });
  }
}

/** Whether nobody does anything here: what the page asks by itself then must not keep a session from ending unused. */
export const onlyWatches = (): boolean => Date.now() - last > PRESENT;
