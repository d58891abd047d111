import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { type Cast, castOf } from '../support/cast.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';
import { askInTurns, leftBehind, rolesOf, takeTurns } from './taking-turns.ts';

jest.setTimeout(60_000);

const TENANTS = 3;

let app: TestApp;
let casts: Cast[];

/** One pooled connection: whatever a tenant left behind on it, the next one would find. */
beforeAll(async () => {
  app = await startTestApp({ poolSize: 1 });
  casts = await Promise.all(Array.from({ length: TENANTS }, () => castOf(app)));
});
afterAll(() => app.close());

test('tenants that take turns on it, with failures and cancellations in between, see only themselves', async () => {
  expect(await takeTurns(app, casts)).toEqual([]);
  expect(app.app.storage.pressure().total).toBe(1);
});

test('after a tenant is done, nothing of it is left on the connection', async () => {
  expect(await leftBehind(app, casts[0] as Cast)).toEqual([]);
});

test('failed changes left nothing', async () => {
  expect(await rolesOf(app, casts)).toEqual(Array.from({ length: 3 * TENANTS }, () => 'MEMBER'));
});

test('over the API, by many at once', async () => {
  expect(await askInTurns(app, casts)).toEqual([]);
});
