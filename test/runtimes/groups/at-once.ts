import { ending } from '../command.ts';

/** Does something with each, a few at once, in any order; stops early when the whole run does. */
export async function eachOf<T>(items: readonly T[], atOnce: number, act: (item: T) => Promise<void>): Promise<void> {
  const queue = items.values();
  const worker = async () => {
    for (const item of queue) {
      if (ending.signal.aborted) return;
      await act(item);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}
