/** What an address says behind its `?`: text, also where it looks like a number or like `true`. */
export function readAddress(text: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(text));
}

/** The same the other way: numbers become text, and what is not there is left out. */
export function writeAddress(search: Readonly<Record<string, unknown>>): string {
  const said = new URLSearchParams();
  for (const [name, value] of Object.entries(search)) {
    if (typeof value === 'string' || typeof value === 'number') said.set(name, `${value}`);
  }
  return said.size === 0 ? '' : `?${said.toString()}`;
}
