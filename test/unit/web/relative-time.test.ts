import { describe, expect, test } from '@jest/globals';
import { relativeTime } from '../../../src/web/ui/relative-time.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const NOON = new Date(2026, 10, 27, 12);

describe('how far away an instant is, in words', () => {
  test.each([
    [10 * DAY, 'in 10 days'],
    [13 * DAY, 'in 13 days'],
    [14 * DAY, 'in 2 weeks'],
    [7 * DAY, 'in 7 days'],
    [-7 * DAY, '7 days ago'],
    [-20 * DAY, '2 weeks ago'],
    [35 * DAY, 'in 1 month'],
    [-40 * DAY, '1 month ago'],
    [400 * DAY, 'in 1 year'],
    [26 * HOUR, 'tomorrow'],
    [37 * HOUR, 'in 2 days'],
    [-26 * HOUR, 'yesterday'],
    [-37 * HOUR, '2 days ago'],
    [5 * HOUR, 'in 5 hours'],
    [-90_000, '1 minute ago'],
    [20_000, 'in a moment'],
    [-20_000, 'just now'],
  ])('%d', (ahead, words) => {
    expect(relativeTime(new Date(NOON.getTime() + ahead), NOON)).toBe(words);
  });
});
