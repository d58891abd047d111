import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { FastifyInstance } from 'fastify';
import { pino } from 'pino';
import { createHttpServer } from '../../../src/http/server.ts';
import { DomainError, type ErrorCode } from '../../../src/kernel/errors.ts';

let app: FastifyInstance;

beforeAll(async () => {
  app = await createHttpServer(pino({ level: 'silent' }), '0', 0);
  app.get<{ Params: { code: ErrorCode } }>('/v1/:code', async ({ params }) => {
    throw new DomainError(params.code, 'no');
  });
  app.get<{ Params: { code: ErrorCode } }>('/graphql/:code', async ({ params }) => {
    throw new DomainError(params.code, 'no');
  });
});
afterAll(() => app.close());

test.each([
  ['RATE_LIMITED', 429, '60'],
  ['UNAVAILABLE', 503, '1'],
  ['NOT_FOUND', 404, undefined],
])('%s says when to ask again', async (code, status, seconds) => {
  for (const url of [`/v1/${code}`, `/graphql/${code}`]) {
    const { statusCode, headers } = await app.inject({ method: 'GET', url });
    expect([statusCode, headers['retry-after']]).toEqual([status, seconds]);
  }
});
