import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { IssuerKeys } from '../../src/identity/issuer-keys.ts';
import { outboundFetch, PROVIDER_TIMEOUT } from '../../src/identity/outbound-fetch.ts';

/** A provider that does at each of its addresses what none should. */
let server: Server;
let origin: string;
const asked: string[] = [];

const MINUTE = 60_000;
const PUBLIC_URL = 'http://127.0.0.1:4000';
const ask = outboundFetch(PUBLIC_URL);

beforeAll(async () => {
  server = createServer((request, response) => {
    const path = request.url ?? '';
    asked.push(path);
    if (path === '/elsewhere') response.writeHead(302, { location: `${origin}/inside` }).end();
    else if (path === '/much') response.end(Buffer.alloc(1024 * 1024 + 1));
    else if (path === '/enough') response.end(Buffer.alloc(1024 * 1024));
    else if (path === '/endless') response.write('a little');
    else if (path.startsWith('/.well-known'))
      response.end(JSON.stringify({ issuer: origin, jwks_uri: `${origin}/jwks` }));
    // Everything else is left without an answer.
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
afterEach(() => {
  jest.restoreAllMocks();
});

describe('a provider', () => {
  test('sends us nowhere else', async () => {
    const answer = await ask(`${origin}/elsewhere`, {});
    expect(answer.status).toBe(302);
    expect(asked).not.toContain('/inside');
  });

  test('says no more than it should', async () => {
    expect((await (await ask(`${origin}/enough`, {})).arrayBuffer()).byteLength).toBe(1024 * 1024);
    await expect(ask(`${origin}/much`, {})).rejects.toThrow(/more than it should/);
  });

  test.each(['/never', '/endless'])(
    'does not keep us waiting at %s',
    async (path) => {
      const begin = performance.now();
      await expect(ask(`${origin}${path}`, {})).rejects.toThrow(/aborted due to timeout/);
      expect(performance.now() - begin).toBeGreaterThan(PROVIDER_TIMEOUT - 100);
      expect(performance.now() - begin).toBeLessThan(PROVIDER_TIMEOUT + 15_000);
    },
    15_000,
  );

  test.each(['http://10.0.0.1/', 'http://localhost.evil.example/', 'ftp://127.0.0.1/', 'https://a:b@id.example/', 'x'])(
    'is not asked at %s',
    async (address) => {
      await expect(ask(address, {})).rejects.toThrow(/not an address that is asked/);
    },
  );

  test('in the clear on this machine is not asked by a service that others use', async () => {
    await expect(outboundFetch('https://capward.example')(`${origin}/enough`, {})).rejects.toThrow(/not an address/);
  });
});

test('what an issuer says of itself is asked again after an hour, however often it is used', async () => {
  const now = performance.now.bind(performance);
  let ahead = 0;
  jest.spyOn(performance, 'now').mockImplementation(() => now() + ahead);
  const keys = new IssuerKeys(PUBLIC_URL);
  const discoveries = () => asked.filter((path) => path.startsWith('/.well-known')).length;
  for (ahead = 0; ahead < 60 * MINUTE; ahead += 10 * MINUTE) {
    await keys.of(origin);
    // The cache looks at the clock once a millisecond.
    await setTimeout(5);
  }
  expect(discoveries()).toBe(1);
  await keys.of(origin);
  expect(discoveries()).toBe(2);
});
