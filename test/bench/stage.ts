import { join } from 'node:path';
import pg from 'pg';
import { pino } from 'pino';
import { createApp } from '../../src/app.ts';
import { systemClock } from '../../src/kernel/clock.ts';
import { openDatabase, openThrowaway } from '../../src/storage/database.ts';
import { TenantCache } from '../../src/storage/tenant-cache.ts';
import { createOrg } from '../../src/teams/create-org.ts';

/** A database with people in it, for contestants to work on. */
export interface Stage {
  /** For the application's role. */
  readonly databaseUrl: string;
  /** For the owner of the tables. */
  readonly ownerUrl: string;
  readonly casts: readonly Cast[];
  stop(): Promise<void>;
}

/** A tenant with a team, and the tokens of its people. */
export interface Cast {
  readonly orgId: string;
  readonly owner: string;
  /** Works in the team, and asks. */
  readonly member: string;
  /** Reviews for the whole organization. */
  readonly approver: string;
}

export const TEAM = 'payments';

export type Ask = <Data>(token: string, query: string, variables?: Record<string, unknown>) => Promise<Data>;

/** Where the data lives: nowhere (nothing waits for a disk), or under a directory (every commit waits for it). */
export type Durability = { readonly throwaway: true } | { readonly directory: string };

/** Opens a database, makes that many tenants, and lets `fill` give them something to list. */
export async function setStage(
  durability: Durability,
  tenants: number,
  fill: (ask: Ask, cast: Cast) => Promise<void>,
): Promise<Stage> {
  const database =
    'throwaway' in durability
      ? await openThrowaway()
      : await openDatabase({
          databaseUrl: undefined,
          migrateUrl: undefined,
          dataDirectory: join(durability.directory, 'data'),
        });
  const databaseUrl = database.appUrl;
  const ownerUrl = database.ownerUrl ?? databaseUrl;
  const app = await createApp({
    databaseUrl,
    poolSize: 4,
    rateLimit: 1_000_000_000,
    introspection: false,
    maxEventLoopDelay: 0,
    log: pino({ level: 'warn' }),
  });
  const ask: Ask = async (token, query, variables = {}) => {
    const response = await app.http.inject({
      method: 'POST',
      url: '/graphql',
      headers: { authorization: `Bearer ${token}` },
      payload: { query, variables },
    });
    const { data, errors } = response.json<{ data?: never; errors?: unknown }>();
    if (data === undefined || errors !== undefined) throw new Error(response.body);
    return data;
  };
  const casts: Cast[] = [];
  const ports = { storage: app.storage, now: systemClock, cache: new TenantCache(app.storage) };
  for (let number = 1; number <= tenants; number += 1) {
    const slug = `org-${number}`;
    const { organization, token } = await createOrg(ports, { slug, owner: `owner@${slug}.example` });
    const cast = await peopleOf(ask, organization.id, slug, token);
    await fill(ask, cast);
    casts.push(cast);
  }
  await app.close();
  await settle(ownerUrl);
  return { databaseUrl, ownerUrl, casts, stop: () => database.stop() };
}

async function peopleOf(ask: Ask, orgId: string, slug: string, owner: string): Promise<Cast> {
  const tokenOf = async (email: string): Promise<string> => {
    const { createToken } = await ask<{ createToken: { secret: string } }>(
      owner,
      'mutation ($input: CreateTokenInput!) { createToken(input: $input) { secret } }',
      {
        input: {
          name: 'bench',
          owner: email,
          scopes: ['profiles:read', 'profiles:export', 'requests:write', 'requests:review'],
        },
      },
    );
    return createToken.secret;
  };
  const addMember = 'mutation ($input: AddMemberInput!) { addMember(input: $input) { member { id } } }';
  await ask(owner, `mutation { createTeam(input: { slug: "${TEAM}", name: "Payments" }) { team { id } } }`);
  await ask(owner, addMember, { input: { email: `dev@${slug}.example`, team: TEAM } });
  await ask(owner, addMember, { input: { email: `security@${slug}.example`, orgRole: 'APPROVER' } });
  return {
    orgId,
    owner,
    member: await tokenOf(`dev@${slug}.example`),
    approver: await tokenOf(`security@${slug}.example`),
  };
}

/** Lets PostgreSQL know what it holds, as its own housekeeping would after a while. */
async function settle(ownerUrl: string): Promise<void> {
  const owner = new pg.Client({ connectionString: ownerUrl });
  await owner.connect();
  await owner.query('VACUUM ANALYZE');
  await owner.query('CHECKPOINT');
  await owner.end();
}
