import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from '@jest/globals';
import { DomainError } from '../../src/kernel/errors.ts';
import type { Statement } from '../../src/storage/storage.ts';
import type { Cast } from '../support/cast.ts';
import type { TestApp } from '../support/test-app.ts';

const ROUNDS = 60;
/** How many wait for a connection at once. */
const QUEUE = 10;

interface OwnRow {
  readonly org_id: string;
}

/** Everything that can be seen of members, by a statement that does not ask for a tenant. */
const SEEN: Statement = { name: 'seen', text: 'SELECT DISTINCT org_id FROM members', values: [] };
const ALL_OWNERS: Statement = {
  name: 'all-owners',
  text: "UPDATE members SET org_role = 'OWNER' WHERE kind = 'HUMAN'",
  values: [],
};
const NO_MEMBERS: Statement = { name: 'no-members', text: 'DELETE FROM members', values: [] };

/** Something that a tenant does on a connection, and the tenants whose rows it saw. */
export type Turn = (cast: Cast) => Promise<string[]>;

/** What tenants do one after the other on the same connections: it ends well, by itself, or is ended. */
function turnsOn({ app, database }: TestApp): { readonly read: Turn; readonly all: readonly Turn[] } {
  const { storage } = app;
  const idsOf = (rows: readonly OwnRow[]): string[] => rows.map(({ org_id }) => org_id);
  const read: Turn = async (cast) => idsOf(await storage.reader(cast).rows<OwnRow>(SEEN));
  const write: Turn = async (cast) => idsOf(await storage.inTenant(cast, (tx) => tx.rows<OwnRow>(SEEN)));
  const prismaWrite: Turn = async (cast) => {
    const rows = await storage.inTenantWithPrisma(cast, (tx) => tx.db.member.findMany({ distinct: ['orgId'] }));
    return rows.map(({ orgId }) => orgId);
  };
  const failingRead: Turn = async (cast) => {
    const statement = { name: 'no-such', text: 'SELECT org_id FROM no_such_table', values: [] };
    await expect(storage.reader(cast).rows(statement)).rejects.toThrow(/no_such_table/);
    return [cast.orgId];
  };
  const failingWrite: Turn = async (cast) => {
    const refused = new DomainError('FORBIDDEN', 'by the use case');
    const work = storage.inTenant(cast, async (tx) => {
      await tx.rows(ALL_OWNERS);
      throw refused;
    });
    await expect(work).rejects.toBe(refused);
    return [cast.orgId];
  };
  const brokenWrite: Turn = async (cast) => {
    const work = storage.inTenant(cast, (tx) => tx.rows(NO_MEMBERS));
    await expect(work).rejects.toThrow(/permission denied/);
    return [cast.orgId];
  };
  const failingPrismaWrite: Turn = async (cast) => {
    const work = storage.inTenantWithPrisma(cast, async (tx) => {
      tx.send(ALL_OWNERS);
      tx.send(NO_MEMBERS);
    });
    await expect(work).rejects.toThrow(/permission denied/);
    return [cast.orgId];
  };
  /** Ends what runs too long, from outside: the statement, or the connection with it. */
  const ended =
    (how: 'pg_cancel_backend' | 'pg_terminate_backend', unit: 'read' | 'write'): Turn =>
    async (cast) => {
      const word = `${how} ${unit} ${cast.slug} ${Math.random()}`;
      const slow = { name: word, text: `SELECT pg_sleep(30) /* ${word} */`, values: [] };
      const work =
        unit === 'read'
          ? storage.reader(cast).rows(slow)
          : storage.inTenant(cast, async (tx) => {
              await tx.rows(ALL_OWNERS);
              await tx.rows(slow);
            });
      const over = work.then(
        () => 'done',
        (error: unknown) => (error as { code?: unknown }).code,
      );
      const end = `SELECT ${how}(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND state = 'active'
                   AND query LIKE '%' || $1 || '%'`;
      let code: unknown;
      do {
        await database.rows(end, [word]);
        code = await Promise.race([over, sleep(30)]);
      } while (code === undefined);
      expect(code).toBe('UNAVAILABLE');
      return [cast.orgId];
    };
  const all = [
    [read, write, failingRead, prismaWrite, failingWrite, read, failingPrismaWrite, write, brokenWrite],
    [ended('pg_cancel_backend', 'read'), read, ended('pg_cancel_backend', 'write'), write],
    [ended('pg_terminate_backend', 'read'), prismaWrite, ended('pg_terminate_backend', 'write')],
  ].flat();
  return { read, all };
}

/** Rounds 0, 1, 2 …, several under way at any time. */
async function rounds<T>(work: (round: number) => Promise<T>): Promise<T[]> {
  const results: T[] = [];
  for (let first = 0; first < ROUNDS; first += QUEUE) {
    results.push(...(await Promise.all(Array.from({ length: QUEUE }, (_, index) => work(first + index)))));
  }
  return results;
}

/** Lets tenants take turns; returns what any of them saw that was not just its own. */
export async function takeTurns(app: TestApp, casts: readonly Cast[]): Promise<unknown[]> {
  const { all, read } = turnsOn(app);
  const seen = await rounds(async (round) => {
    const cast = casts[round % casts.length] as Cast;
    return { saw: await (all[round % all.length] ?? read)(cast), own: [cast.orgId] };
  });
  return seen.filter(({ saw, own }) => saw.join() !== own.join());
}

/**
 * What is left of a tenant on a connection after each turn of it: for another tenant, and for somebody who says none
 * (`asNobody` asks so, where the same connection can be had).
 */
export async function leftBehind(
  app: TestApp,
  cast: Cast,
  asNobody: (statement: string) => Promise<unknown[]> = async () => [],
): Promise<unknown[]> {
  const { all, read } = turnsOn(app);
  const left: unknown[] = [];
  for (const turn of all) {
    await turn(cast);
    left.push(...(await asNobody(SEEN.text)));
    left.push(...(await read({ ...cast, orgId: '00000000-0000-7000-8000-000000000000' })));
  }
  return left;
}

/** The roles of the people of each tenant's team: MEMBER, unless something that failed has changed them. */
export async function rolesOf(app: TestApp, casts: readonly Cast[]): Promise<string[]> {
  const query = '{ team(slug: "payments") { members { member { login orgRole } } } }';
  const roles: string[] = [];
  for (const cast of casts) {
    const answer = await app.gql<{ team: { members: { member: { orgRole: string } }[] } }>(cast.auditor, query);
    roles.push(...answer.ok().team.members.map(({ member }) => member.orgRole));
  }
  return roles;
}

/** Asks over the API, many at once; returns the answers that named anybody else's people, or not one's own. */
export async function askInTurns(app: TestApp, casts: readonly Cast[]): Promise<unknown[]> {
  const query = '{ viewer { organization { slug } } teams { nodes { slug members { member { login } } } } }';
  const answers = await rounds(async (round) => {
    const cast = casts[round % casts.length] as Cast;
    if (round % 5 === 4) await app.gql(cast.author, '{ profiles(first: 0) { nodes { id } } }');
    return { slug: cast.slug, body: (await app.gql(cast.auditor, query)).body };
  });
  return answers.filter(({ slug, body }) => {
    const logins = [...body.matchAll(/@([a-z0-9-]+)\.example/g)].map(([, domain]) => domain);
    return !body.includes(`"slug":"${slug}"`) || logins.length === 0 || logins.some((domain) => domain !== slug);
  });
}
