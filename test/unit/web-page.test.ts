import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type FastifyInstance, fastify } from 'fastify';
import { installWebPage } from '../../src/http/web-page.ts';

let directory: string;
let http: FastifyInstance;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'capward-web-'));
  http = fastify();
});
afterEach(async () => {
  await http.close();
  rmSync(directory, { recursive: true });
});

describe('the page', () => {
  beforeEach(() => {
    mkdirSync(join(directory, 'assets'));
    writeFileSync(join(directory, 'index.html'), '<!doctype html>');
    writeFileSync(join(directory, '.stamp'), 'secret');
    writeFileSync(join(directory, 'assets', 'index-a1b2.js'), 'plain');
    writeFileSync(join(directory, 'assets', 'index-a1b2.js.br'), 'as brotli');
    writeFileSync(join(directory, 'assets', 'index-a1b2.js.gz'), 'as gzip');
    installWebPage(http, directory);
  });

  test.each(['/', '/review', '/requests/creq_1', '/profiles/payments/web?tab=use', '/settings/tokens', '/sign-in'])(
    'is at %s, is asked for each time, and lets nothing run that is no file of ours',
    async (url) => {
      const { statusCode, headers, body } = await http.inject({ url });
      expect({ statusCode, body }).toEqual({ statusCode: 200, body: '<!doctype html>' });
      expect(headers['cache-control']).toBe('no-cache');
      expect(headers['content-security-policy']).toContain("default-src 'none';script-src 'self';style-src 'self'");
      expect(headers['content-security-policy']).not.toContain('unsafe');
    },
  );

  test.each([
    ['br, gzip', 'br', 'as brotli'],
    ['gzip', 'gzip', 'as gzip'],
    ['identity', undefined, 'plain'],
  ])('a file for who accepts %s', async (accepted, encoding, body) => {
    const answer = await http.inject({ url: '/assets/index-a1b2.js', headers: { 'accept-encoding': accepted } });
    expect(answer.body).toBe(body);
    expect(answer.headers['content-encoding']).toBe(encoding);
    expect(answer.headers['content-type']).toBe('text/javascript; charset=utf-8');
    expect(answer.headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect(answer.headers['vary']).toBe('Accept-Encoding');
  });

  test.each(['/.stamp', '/assets/../.stamp', '/assets/%2e%2e/.stamp', '/assets/', '/elsewhere'])(
    'there is nothing at %s',
    async (url) => {
      expect((await http.inject({ url })).statusCode).toBe(404);
    },
  );
});

test('without a build, the address says what is missing', async () => {
  installWebPage(http, join(directory, 'none'));
  const { statusCode, body } = await http.inject({ url: '/' });
  expect(statusCode).toBe(503);
  expect(body).toContain('npm run build');
});
