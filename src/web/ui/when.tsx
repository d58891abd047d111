import { useEffect, useState } from 'react';
import { dayOf, relativeTime } from './relative-time.ts';

let exactFormat: Intl.DateTimeFormat | undefined;

/** Made when it is needed first: it costs milliseconds, and many a page shows no instant at all. */
function exact(date: Date): string {
  exactFormat ??= new Intl.DateTimeFormat('en', { dateStyle: 'full', timeStyle: 'long' });
  return exactFormat.format(date);
}

/** An instant as people say it; the exact one, in the reader's own zone, on hover and for machines. */
export function When({ at, day = false }: { readonly at: string; readonly day?: boolean }) {
  const now = useMinute();
  const date = new Date(at);
  return (
    <time dateTime={at} title={`${exact(date)}\n${at}`}>
      {day ? dayOf(date) : relativeTime(date, new Date(now))}
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
