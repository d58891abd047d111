// Loaded before the service (node --import), so that its clock is a fast one; the service itself knows nothing of it.
import { FAST_TIME_VARIABLE, type FastTime, fastNow } from './fast-time.ts';

const time = JSON.parse(process.env[FAST_TIME_VARIABLE] ?? '') as FastTime;
const now = (): number => Math.floor(fastNow(time));

globalThis.Date = new Proxy(Date, {
  construct: (date, args: unknown[]) => Reflect.construct(date, args.length === 0 ? [now()] : args),
  apply: (date) => new date(now()).toString(),
  get: (date, key) => (key === 'now' ? now : (Reflect.get(date, key) as unknown)),
});
