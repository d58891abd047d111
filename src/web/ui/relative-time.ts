/** Made once, when it is needed first: each costs milliseconds, and many a page shows no instant at all. */
function once<Made>(make: () => Made): () => Made {
  let made: Made | undefined;
  return () => (made ??= make());
}

const relativeFormat = once(() => new Intl.RelativeTimeFormat('en', { numeric: 'always' }));
const nearFormat = once(() => new Intl.RelativeTimeFormat('en', { numeric: 'auto' }));
const dayFormat = once(() => new Intl.DateTimeFormat('en', { day: 'numeric', month: 'short', year: 'numeric' }));

const DAY = 86_400;

const UNITS = [
  ['year', 31_557_600, 31_557_600],
  ['month', 2_629_800, 2_629_800],
  ['week', 14 * DAY, 7 * DAY],
] as const;

/** The day of an instant, in the reader's own zone. */
export const dayOf = (at: Date): string => dayFormat().format(at);

/** How long ago, or in how long, in words. Tomorrow and yesterday are those of the reader's calendar. */
export function relativeTime(at: Date, now: Date): string {
  const seconds = (at.getTime() - now.getTime()) / 1_000;
  const distance = Math.abs(seconds);
  for (const [unit, from, length] of UNITS) {
    if (distance >= from) return relativeFormat().format(Math.trunc(seconds / length), unit);
  }
  if (distance >= DAY) return nearFormat().format(daysBetween(at, now), 'day');
  if (distance >= 3_600) return relativeFormat().format(Math.trunc(seconds / 3_600), 'hour');
  if (distance >= 60) return relativeFormat().format(Math.trunc(seconds / 60), 'minute');
  return seconds > 0 ? 'in a moment' : 'just now';
}

/** By the calendar: what is 25 hours ahead is tomorrow or the day after. */
function daysBetween(at: Date, now: Date): number {
  const dayNumber = (date: Date) => Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) / (DAY * 1_000);
  return dayNumber(at) - dayNumber(now);
}
