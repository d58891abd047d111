import { useEffect, useState } from 'react';

/** Made once, when it is needed first: each costs milliseconds, and many a page shows no instant at all. */
function once<Made>(make: () => Made): () => Made {
  let made: Made | undefined;
  return () => (made ??= make());
}

const relativeFormat = once(() => new Intl.RelativeTimeFormat('en', { numeric: 'auto' }));
const exactFormat = once(() => new Intl.DateTimeFormat('en', { dateStyle: 'full', timeStyle: 'long' }));
const dayFormat = once(() => new Intl.DateTimeFormat('en', { day: 'numeric', month: 'short', year: 'numeric' }));

const UNITS = [
  ['year', 31_557_600],
  ['month', 2_629_800],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
] as const;

/** How long ago, or in how long, in words. */
function relative(at: Date, now: number): string {
  const seconds = (at.getTime() - now) / 1_000;
  for (const [unit, length] of UNITS) {
    if (Math.abs(seconds) >= length) return relativeFormat().format(Math.trunc(seconds / length), unit);
  }
  return seconds > 0 ? 'in a moment' : 'just now';
}

/** An instant as people say it; the exact one, in the reader's own zone, on hover and for machines. */
export function When({ at, day = false }: { readonly at: string; readonly day?: boolean }) {
  const now = useMinute();
  const date = new Date(at);
  return (
    <time dateTime={at} title={`${exactFormat().format(date)}\n${at}`}>
      {day ? dayFormat().format(date) : relative(date, now)}
    </time>
  );
}

/** The present, told once a minute. */
function useMinute(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 60_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}
