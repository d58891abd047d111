import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { DomainError } from '../../src/kernel/errors.ts';
import type { Statement, TenantTx } from '../../src/storage/storage.ts';
import { type Cast, castOf } from '../support/cast.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';

let app: TestApp;
let cast: Cast;

beforeAll(async () => {
  app = await startTestApp({ poolSize: 1 });
  cast = await castOf(app);
});
afterAll(() => app.close());

let made = 0;

function statement(text: string, ...values: unknown[]): Statement {
  made += 1;
  return { name: `test-${made}`, text, values };
}

function inTenant<T>(work: (tx: TenantTx) => Promise<T>): Promise<T> {
  return app.app.storage.inTenant(cast, work);
}

function advance(name: string): Statement {
  return statement('UPDATE profiles SET last_revision = last_revision + 1 WHERE name = $1 ', name);
}

async function lastRevision(): Promise<number> {
  const [row] = await inTenant((tx) =>
    tx.rows<{ last_revision: number }>(statement("SELECT last_revision FROM profiles WHERE name = 'sent'")),
  );
  return row?.last_revision ?? -1;
}

beforeAll(async () => {
  await inTenant(async (tx) => {
    const [team] = await tx.rows<{ id: string }>(statement('SELECT id FROM teams LIMIT 1'));
    tx.send(
      statement(
        'INSERT INTO profiles (org_id, id, team_id, name) VALUES ($1, gen_random_uuid(), $2, $3)',
        tx.orgId,
        team?.id,
        'sent',
      ),
    );
  });
});

test('what is only sent is kept, in the order of sending', async () => {
  const before = await lastRevision();
  const seen = await inTenant(async (tx) => {
    tx.send(advance('sent'));
    const between = await tx.rows<{ last_revision: number }>(
      statement("SELECT last_revision FROM profiles WHERE name = 'sent'"),
    );
    tx.send(advance('sent'));
    return between[0]?.last_revision;
  });
  expect(seen).toBe(before + 1);
  expect(await lastRevision()).toBe(before + 2);
});

test('what is sent and fails undoes the rest, and its own error is told', async () => {
  const before = await lastRevision();
  const atTheEnd = inTenant(async (tx) => {
    tx.send(advance('sent'));
    tx.send(statement('DELETE FROM members'));
  });
  await expect(atTheEnd).rejects.toThrow(/permission denied for table members/);
  expect(await lastRevision()).toBe(before);
});

test('what is asked after a failure fails of it, and the first error is told', async () => {
  const before = await lastRevision();
  const inTheMiddle = inTenant(async (tx) => {
    tx.send(advance('sent'));
    tx.send(statement('DELETE FROM members'));
    await tx.rows(statement('SELECT 1'));
  });
  await expect(inTheMiddle).rejects.toThrow(/permission denied for table members/);
  expect(await lastRevision()).toBe(before);
});

test('a use case that swallows a failure keeps nothing all the same', async () => {
  const before = await lastRevision();
  const swallowed = inTenant(async (tx) => {
    tx.send(advance('sent'));
    await tx.rows(statement('DELETE FROM members')).catch(() => undefined);
  });
  await expect(swallowed).rejects.toThrow(/permission denied/);
  expect(await lastRevision()).toBe(before);
});

test('what a use case throws is thrown, and nothing is kept', async () => {
  const before = await lastRevision();
  const refused = new DomainError('FORBIDDEN', 'by the rules');
  const work = inTenant(async (tx) => {
    tx.send(advance('sent'));
    throw refused;
  });
  await expect(work).rejects.toBe(refused);
  expect(await lastRevision()).toBe(before);
});

test('a connection that is lost in between is given up, and the next one works', async () => {
  const before = await lastRevision();
  const cut = inTenant(async (tx) => {
    tx.send(advance('sent'));
    await tx.rows(statement('SELECT pg_terminate_backend(pg_backend_pid())'));
  });
  await expect(cut).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  expect(await lastRevision()).toBe(before);
});

test('a text with NUL is refused as bad input', async () => {
  await expect(inTenant(async (tx) => tx.send(advance('a\0b')))).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  expect(await lastRevision()).toBeGreaterThan(0);
});
