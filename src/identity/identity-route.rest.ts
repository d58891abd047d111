/** For answers that are somebody's own: nothing on the way keeps them. */
export const NO_STORE = { 'cache-control': 'no-store' } as const;

/** What the description of the API says of a route of this room. */
export function describeRoute(summary: string): { readonly summary: string; readonly tags: readonly string[] } {
  return { summary, tags: ['identity'] };
}
