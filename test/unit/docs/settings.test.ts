import { expect, test } from '@jest/globals';
import { readConfig } from '../../../src/config.ts';
import { bare, page, readText, table } from './pages.ts';

const rows = table(page('README.md'), 'setting', 'default', 'meaning');

test('the README has every setting that the service reads, and no other', () => {
  const read = [...readText('src/config.ts').matchAll(/^ {2}([A-Z][A-Z_]+):/gm)].map(([, name]) => name);
  expect(rows.map(([name]) => bare(name))).toEqual(read);
});

test('the defaults are those of the code', () => {
  const { host, port, production, dataDirectory, poolSize, rateLimit, introspection, logLevel, ...others } = readConfig(
    {},
  );
  const { publicUrl, sessions, secret, tenantRateLimit, ...none } = others;
  expect(Object.fromEntries(rows.map(([name, value]) => [bare(name), bare(value)]))).toEqual({
    HOST: host,
    PORT: String(port),
    PUBLIC_URL: publicUrl,
    CAPWARD_TRUSTED_PROXIES: none.trustedProxies ?? '',
    NODE_ENV: production ? 'production' : 'development',
    DATABASE_URL: none.databaseUrl ?? '',
    CAPWARD_MIGRATE_URL: none.migrateUrl ?? '',
    CAPWARD_DATA: dataDirectory,
    CAPWARD_POOL: String(poolSize),
    CAPWARD_RATE_LIMIT: String(rateLimit),
    CAPWARD_TENANT_RATE_LIMIT: String(tenantRateLimit),
    CAPWARD_SECRET: secret ?? '',
    CAPWARD_SESSION_LIFE: String(sessions.life / 60_000),
    CAPWARD_SESSION_IDLE: String(sessions.idle / 60_000),
    CAPWARD_INTROSPECTION: introspection ? 'not in production' : 'never',
    CAPWARD_LOG_LEVEL: logLevel,
  });
  expect(readConfig({ NODE_ENV: 'production' }).introspection).toBe(false);
});
