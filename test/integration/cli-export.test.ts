import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { fetchExport } from '../../src/cli/fetch-export.ts';
import { actsOf, MODERATE } from '../support/acts.ts';
import { type Cast, castOf, TEAM } from '../support/cast.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';

const NAME = 'exported';
const PATH = `/v1/teams/${TEAM}/profiles/${NAME}/export?format=docker-run`;

let app: TestApp;
let cast: Cast;
let cache: string;
const before = { ...process.env };

beforeAll(async () => {
  app = await startTestApp();
  cast = await castOf(app);
  await actsOf(app).inForce(cast.author, [cast.approver], { name: NAME, ...MODERATE });
  cache = mkdtempSync(join(tmpdir(), 'capward-copies-'));
  process.env['XDG_CACHE_HOME'] = cache;
  process.env['CAPWARD_TOKEN'] = cast.deployer.token;
  process.env['CAPWARD_URL'] = await app.app.http.listen({ host: '127.0.0.1', port: 0 });
});
afterAll(async () => {
  process.env = before;
  rmSync(cache, { recursive: true, force: true });
  await app.close();
});

describe('the command line and the service', () => {
  const asked = { team: TEAM, profile: NAME, format: 'docker-run', revision: undefined };
  const options = { maxStaleHours: undefined };

  test('understand each other on what is approved', async () => {
    expect(await fetchExport(asked, options)).toBe((await app.rest(cast.deployer, PATH)).body);
  });

  test('and on what is not', async () => {
    await expect(fetchExport({ ...asked, profile: 'nothing' }, options)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(fetchExport({ ...asked, profile: 'n'.repeat(300) }, options)).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    await expect(fetchExport({ ...asked, format: 'docker' }, options)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  });
});

test.each([
  ['application/json', 'application/json; charset=utf-8'],
  ['application/json;q=0', 'text/plain; charset=utf-8'],
  ['text/plain, application/json;q=0.1', 'text/plain; charset=utf-8'],
])('an export for those who accept %s is %s', async (accept, type) => {
  const { status, headers } = await app.rest(cast.deployer, PATH, { accept });
  expect([status, headers['content-type']]).toEqual([200, type]);
});

test.each([
  `/v1/teams/${TEAM}/profiles/web%00/export?format=compose`,
  `/v1/teams/%00/profiles/web/export?format=compose`,
  `/v1/teams/${TEAM}/profiles/%00/export?format=compose&revision=1`,
])('a NUL in the address is no fault of ours: %s', async (path) => {
  const { status, code } = await app.rest(cast.deployer, path);
  expect([
    [400, 'INVALID_INPUT'],
    [404, 'NOT_FOUND'],
  ]).toContainEqual([status, code]);
});
