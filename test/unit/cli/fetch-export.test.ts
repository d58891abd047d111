import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { fetchExport } from '../../../src/cli/fetch-export.ts';
import { DomainError } from '../../../src/kernel/errors.ts';

const GOOD = { content: 'approved', digest: `sha256:${'0'.repeat(64)}`, expiresAt: null };

let server: Server;
let answer: RequestListener;
let cache: string;
let asked = 0;
const before = { ...process.env };

beforeAll(async () => {
  server = createServer((request, response) => answer(request, response)).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  cache = mkdtempSync(join(tmpdir(), 'capward-copies-'));
  process.env['XDG_CACHE_HOME'] = cache;
  process.env['CAPWARD_TOKEN'] = 'cwd_abc';
  process.env['CAPWARD_URL'] = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  jest.spyOn(process.stderr, 'write').mockReturnValue(true);
});
afterAll(async () => {
  jest.restoreAllMocks();
  process.env = before;
  rmSync(cache, { recursive: true, force: true });
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

/** Answers every request with that from now on. */
function answers(status: number, type: string, body: string): void {
  answer = (_request, response) => response.writeHead(status, { 'Content-Type': type }).end(body);
}

const problem = (status: number, code: string): void =>
  answers(status, 'application/problem+json', JSON.stringify({ status, code, detail: 'no' }));

/** A question that has been answered well once, so that there is a copy. */
async function kept(profile = `b${(asked += 1)}`, format = 'compose') {
  const question = { team: 'a', profile, format, revision: undefined };
  answers(200, 'application/json', JSON.stringify(GOOD));
  expect(await fetchExport(question, { maxStaleHours: undefined })).toBe('approved\n');
  const ask = (maxStaleHours?: number): Promise<string> =>
    fetchExport(question, { maxStaleHours }).catch((error: unknown) => {
      if (error instanceof DomainError) return error.code;
      throw error;
    });
  return { ask, question };
}

describe('an answer that is not Capward’s', () => {
  let ask: Awaited<ReturnType<typeof kept>>['ask'];
  beforeEach(async () => {
    ({ ask } = await kept());
  });

  test.each([
    ['a 404 in HTML', 404, 'text/html', '<h1>404 page not found</h1>'],
    ['a 401 of a proxy', 401, 'text/plain', 'log in'],
    ['a 403 without a body', 403, 'text/plain', ''],
    ['a 404 of another API', 404, 'application/json', '{"code":"NOT_FOUND","detail":"no such bucket"}'],
    ['a problem of somebody else', 404, 'application/problem+json', '{"title":"Not found","status":404}'],
    ['a code of nobody', 410, 'application/problem+json', '{"code":"PROFILE_EATEN","detail":"no"}'],
    ['a 502', 502, 'application/problem+json', '{"code":"NOT_FOUND","detail":"no"}'],
    ['a 200 in HTML', 200, 'text/html', '<h1>Welcome</h1>'],
    ['a 200 with {}', 200, 'application/json', '{}'],
    ['a 200 with null', 200, 'application/json', 'null'],
    ['a 200 with the content of something else', 200, 'application/json', '{"content":"x"}'],
    ['a 200 that runs out at no time', 200, 'application/json', JSON.stringify({ ...GOOD, expiresAt: 'soon' })],
    ['a 200 with half the JSON', 200, 'application/json', '{"content":"appro'],
  ])('%s leaves the copy, for those who take it', async (_what, status, type, body) => {
    answers(status, type, body);
    expect(await ask()).toBe('UNAVAILABLE');
    expect(await ask(1)).toBe('approved\n');
  });

  test('a body that is cut off leaves it, too', async () => {
    answer = (_request, response) => {
      response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': '1000' });
      response.write('{"content":"appro', () => response.destroy());
    };
    expect(await ask()).toBe('UNAVAILABLE');
    expect(await ask(1)).toBe('approved\n');
  });
});

describe('an answer of Capward that is no', () => {
  test.each([
    [401, 'UNAUTHENTICATED'],
    [403, 'FORBIDDEN'],
    [404, 'NOT_FOUND'],
    [409, 'PROFILE_NOT_APPROVED'],
    [410, 'PROFILE_REVOKED'],
    [410, 'PROFILE_EXPIRED'],
    [410, 'REVISION_SUPERSEDED'],
    [422, 'UNSUPPORTED_BY_FORMAT'],
  ])('ends the copy: %i %s', async (status, code) => {
    const { ask } = await kept();
    problem(status, code);
    expect(await ask(1)).toBe(code);
    answers(503, 'text/plain', '');
    expect(await ask(1)).toBe('UNAVAILABLE');
  });

  test.each([
    [401, 'UNAUTHENTICATED', 'UNAVAILABLE', 'UNAVAILABLE'],
    [410, 'PROFILE_REVOKED', 'UNAVAILABLE', 'approved\n'],
    [410, 'REVISION_SUPERSEDED', 'UNAVAILABLE', 'approved\n'],
    [422, 'UNSUPPORTED_BY_FORMAT', 'approved\n', 'approved\n'],
  ])(
    '%i %s to one format: of another there is %j, of another profile %j',
    async (status, code, ofFormat, ofProfile) => {
      const { ask, question } = await kept();
      const other = await kept(question.profile, 'docker-run');
      const elsewhere = await kept();
      problem(status, code);
      expect(await ask(1)).toBe(code);
      answers(503, 'text/plain', '');
      expect([await other.ask(1), await elsewhere.ask(1)]).toEqual([ofFormat, ofProfile]);
    },
  );

  test('another revision in one format ends what was kept of the one before it, in every format', async () => {
    const { ask, question } = await kept();
    const other = await kept(question.profile, 'docker-run');
    answers(200, 'application/json', JSON.stringify({ ...GOOD, digest: `sha256:${'1'.repeat(64)}` }));
    expect(await ask()).toBe('approved\n');
    answers(503, 'text/plain', '');
    expect([await ask(1), await other.ask(1)]).toEqual(['approved\n', 'UNAVAILABLE']);
  });

  test.each([
    [400, 'INVALID_INPUT'],
    [429, 'RATE_LIMITED'],
  ])('is not passed over, but leaves the copy: %i %s', async (status, code) => {
    const { ask } = await kept();
    problem(status, code);
    expect(await ask(1)).toBe(code);
    answers(503, 'text/plain', '');
    expect(await ask(1)).toBe('approved\n');
  });
});
