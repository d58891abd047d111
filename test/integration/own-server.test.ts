import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { hasTenants, openDatabase } from '../../src/storage/database.ts';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../src/storage/embedded-postgres.ts';
import { openStorage } from '../../src/storage/open-storage.ts';
import { createOrg } from '../../src/teams/create-org.ts';

let server: EmbeddedPostgres;

beforeAll(async () => {
  server = await startEmbeddedPostgres({ throwaway: true });
});

afterAll(() => server.stop());

/** A database with an owner who is no superuser, but may make roles. */
async function ownedDatabase(name: string): Promise<{ readonly owner: string; readonly service: string }> {
  const admin = new pg.Client({ connectionString: server.url });
  await admin.connect();
  await admin.query(`CREATE ROLE ${name}_owner LOGIN PASSWORD 'o' CREATEROLE`);
  await admin.query(`CREATE DATABASE ${name} OWNER ${name}_owner`);
  await admin.end();
  const url = (user: string, password: string) => {
    const changed = new URL(server.url);
    Object.assign(changed, { username: user, password, pathname: `/${name}` });
    return changed.href;
  };
  return { owner: url(`${name}_owner`, 'o'), service: url(`${name}_service`, 's') };
}

async function open(databaseUrl: string, migrateUrl?: string) {
  return openDatabase({ databaseUrl, migrateUrl, dataDirectory: '/nowhere' });
}

async function makeTenant(appUrl: string): Promise<void> {
  const storage = openStorage(appUrl, 1, () => undefined);
  await createOrg({ storage, now: () => new Date() }, { slug: 'acme', owner: 'olivia@acme.example' });
  await storage.close();
}

describe('a PostgreSQL of one’s own, whose owner is no superuser', () => {
  test('two URLs: migrates, lets the service log in, and does it all again without harm', async () => {
    const { owner, service } = await ownedDatabase('two');
    expect((await open(service, owner)).applied.length).toBeGreaterThan(0);
    expect((await open(service, owner)).applied).toEqual([]);
    const alone = await open(service);
    expect(alone.ownerUrl).toBeUndefined();
    await makeTenant(alone.appUrl);
    expect(await hasTenants(alone)).toBeUndefined();
    const client = new pg.Client({ connectionString: service });
    await client.connect();
    const temporary = client.query('CREATE TEMPORARY TABLE reviews (LIKE public.reviews)');
    await expect(temporary).rejects.toMatchObject({ code: '42501' });
    await client.end();
  });

  test('the role capward_app of somebody else: says what its owner has to do', async () => {
    const { owner, service } = await ownedDatabase('other');
    await expect(open(service, owner)).rejects.toMatchObject({
      code: 'FORBIDDEN',
      message: expect.stringContaining('GRANT capward_app TO "other_owner" WITH ADMIN OPTION'),
    });
  });

  test('one URL: is never more than the application’s role once it has migrated', async () => {
    const { owner } = await ownedDatabase('one');
    const admin = new pg.Client({ connectionString: server.url });
    await admin.connect();
    await admin.query('GRANT capward_app TO one_owner WITH ADMIN OPTION');
    await admin.end();
    const database = await open(owner);
    const client = new pg.Client({ connectionString: database.appUrl });
    await client.connect();
    const { rows } = await client.query('SELECT current_user AS role');
    await client.end();
    expect(rows).toEqual([{ role: 'capward_app' }]);
    await makeTenant(database.appUrl);
  });

  test('the service’s role alone on a database that is behind: refuses to start on it', async () => {
    const { service } = await ownedDatabase('two_behind');
    const behind = service.replace('two_behind_service', 'two_service');
    await expect(open(behind)).rejects.toMatchObject({
      code: 'UNAVAILABLE',
      message: expect.stringMatching(/not up to date .*_tables.*capward admin migrate/),
    });
  });
});
