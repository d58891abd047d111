/** The numbers of a version: `20.10.24+dfsg1` is [20, 10, 24]. */
export type Version = readonly number[];

/** The first version number in a text; throws where there is none. */
export function versionIn(text: string): Version {
  const found = /\d+(?:\.\d+)+/.exec(text)?.[0];
  if (found === undefined) throw new Error(`no version number in: ${text.slice(0, 100)}`);
  return found.split('.').map(Number);
}

export function isAtLeast(version: Version, ...least: Version): boolean {
  for (const [index, number] of least.entries()) {
    const own = version[index] ?? 0;
    if (own !== number) return own > number;
  }
  return true;
}
