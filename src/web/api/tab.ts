const KEY = 'capward.tab';

/** A page that was left may still be going while the next one comes in the same tab (milliseconds). */
const LEAVING = 1_000;

const lockOf = (tab: string): string => `${KEY}.${tab}`;

/** Only pages that were fetched safely have them. */
const locks = (): LockManager | undefined => (navigator as { readonly locks?: LockManager }).locks;

let id = read() ?? renew();

function read(): string | undefined {
  try {
    return sessionStorage.getItem(KEY) ?? undefined;
  } catch {
    return undefined;
  }
}

function renew(): string {
  const fresh = `${Date.now().toString(36)}-${Math.random().toString(36).slice(2)}`;
  try {
    sessionStorage.setItem(KEY, fresh);
  } catch {
    // Storage is switched off: nothing is kept then, by whatever name.
  }
  return fresh;
}

/** The name of this tab, which stays while the tab does. */
export const tabId = (): string => id;

/** Lets other tabs know that this one lives. A tab that was made as the copy of another one gets a name of its own. */
export function holdTab(): void {
  const signal = AbortSignal.timeout(LEAVING);
  void locks()
    ?.request(lockOf(id), { signal }, () => new Promise(() => undefined))
    .catch(() => {
      if (!signal.aborted) return;
      id = renew();
      holdTab();
    });
}

/** Runs something while no other tab does the like; told is which tabs live, undefined where that cannot be known. */
export async function alone<Result>(
  act: (isLiving: ((tab: string) => boolean) | undefined) => Result,
): Promise<Result> {
  const manager = locks();
  if (manager === undefined) return act(undefined);
  return manager.request(`${KEY}s`, async () => {
    const names = new Set((await manager.query()).held?.map(({ name }) => name));
    return act((tab) => names.has(lockOf(tab)));
  });
}
