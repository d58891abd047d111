import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { openStream } from '../api/ask.ts';
import { refresh } from '../api/queries.ts';
import { eventsOf } from './events.ts';

/** After how long a broken stream is opened again: soon at first, then more patiently (milliseconds). */
const AGAIN = [500, 1_000, 2_000, 5_000, 10_000];

/** Changes that come together are asked for together (milliseconds). */
const TOGETHER = 250;

/**
 * Keeps what is on the page up to date: whenever something happens that whoever looks may see, what is shown is asked
 * again. A stream that breaks goes on after the last event that was heard, so nothing is missed.
 */
export function useLive(enabled: boolean): void {
  const queries = useQueryClient();
  useEffect(() => {
    if (!enabled) return;
    const stop = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const refreshSoon = () => {
      clearTimeout(timer);
      timer = setTimeout(() => void refresh(queries), TOGETHER);
    };
    void follow(stop.signal, refreshSoon);
    return () => {
      stop.abort();
      clearTimeout(timer);
    };
  }, [enabled, queries]);
}

async function follow(signal: AbortSignal, happened: () => void): Promise<void> {
  let last: string | undefined;
  for (let failures = 0; !signal.aborted; failures += 1) {
    try {
      for await (const { event, id } of eventsOf(await openStream('/v1/events', last, signal))) {
        failures = 0;
        last = id;
        if (event !== 'hello') happened();
      }
    } catch {
      // Whatever broke it, it is tried again.
    }
    await pause(AGAIN[Math.min(failures, AGAIN.length - 1)] ?? 0, signal);
  }
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
