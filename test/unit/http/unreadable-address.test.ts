import { Writable } from 'node:stream';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { FastifyInstance } from 'fastify';
import { pino } from 'pino';
import { createHttpServer } from '../../../src/http/server.ts';

const log: string[] = [];
let app: FastifyInstance;

beforeAll(async () => {
  const sink = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      log.push(chunk.toString());
      done();
    },
  });
  app = await createHttpServer(pino(sink), '0', 0);
  app.get('/v1/teams/:team/profiles/:name/export', async () => 'found');
});
afterAll(() => app.close());

const LONG = 'n'.repeat(300);

test.each([
  ['half a character', '/v1/teams/pay/profiles/%E0%A4/export', 400, 'INVALID_INPUT'],
  ['no character', '/v1/teams/%zz/profiles/web/export?format=compose', 400, 'INVALID_INPUT'],
  ['a long name', `/v1/teams/pay/profiles/${LONG}/export`, 404, 'NOT_FOUND'],
  ['a long team', `/v1/teams/${LONG}/profiles/web/export`, 404, 'NOT_FOUND'],
  ['what nobody knows', '/v1/nothing', 404, 'NOT_FOUND'],
])('an address with %s is a problem like any other', async (_what, url, status, code) => {
  const { headers, body, statusCode } = await app.inject({ method: 'GET', url });
  expect([statusCode, headers['content-type']]).toEqual([status, 'application/problem+json; charset=utf-8']);
  const { detail, ...problem } = JSON.parse(body) as { detail: string };
  expect(problem).toMatchObject({ type: 'about:blank', status, code });
  expect(detail).not.toMatch(/%|nnn|FST_/);
  expect(headers).toMatchObject({
    'cache-control': 'no-store',
    'content-security-policy': expect.stringContaining("default-src 'none'"),
    'x-content-type-options': 'nosniff',
  });
  expect(log.filter((line) => line.includes(`"status":${status}`))).not.toEqual([]);
  log.length = 0;
});

test('it is refused once, whatever the method', async () => {
  const { statusCode } = await app.inject({ method: 'POST', url: '/v1/%', payload: { some: 'body' } });
  expect([statusCode, log.length]).toEqual([400, 1]);
});
