// Many clients against three processes of the service on one database, while processes are killed and connections cut;
// then everything that anybody was told is held against the history. See docs/races.md.
import { constants } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { openThrowaway } from '../../src/storage/database.ts';
import { Board } from './board.ts';
import { Chance } from './chance.ts';
import { checkTenant } from './checks/check-tenant.ts';
import { live } from './client.ts';
import { beginFastTime, fastNow } from './fast-time.ts';
import type { Act } from './record.ts';
import { printReport } from './report.ts';
import { Servers } from './servers.ts';
import { setStage } from './stage.ts';
import { makeTrouble, rowsOf } from './trouble.ts';

const USAGE = `npm run test:races [-- [--seconds N] [--seed N] [--quick] [--calm]]

  --seconds N   how long (60)
  --seed N      what is chosen at random; which of two comes first, the machine chooses
  --quick       15 seconds
  --calm        nothing is killed or cut
`;

const SERVERS = 3;
const TENANTS = 2;

/** A run that takes this much longer than it was given has gone wrong (milliseconds). */
const GRACE = 180_000;

interface Options {
  readonly seconds: number;
  readonly seed: number;
  readonly calm: boolean;
}

function readOptions(): Options {
  try {
    const { values } = parseArgs({
      options: {
        seconds: { type: 'string' },
        seed: { type: 'string' },
        quick: { type: 'boolean' },
        calm: { type: 'boolean' },
      },
    });
    const seconds = Number(values.seconds ?? (values.quick === true ? 15 : 60));
    const seed = Number(values.seed ?? Date.now() % 1_000_000);
    if (!(seconds > 0) || !Number.isInteger(seed)) throw new Error('--seconds and --seed are numbers');
    return { seconds, seed, calm: values.calm === true };
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n\n${USAGE}`);
    process.exit(2);
  }
}

async function main(): Promise<void> {
  const { seconds, seed, calm } = readOptions();
  // Ends in order, so that no server is left behind.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => process.exit(128 + constants.signals[signal]));
  }
  setTimeout(
    () => {
      process.stderr.write(`races: this takes too long (seed ${seed})\n`);
      process.exit(1);
    },
    seconds * 1000 + GRACE,
  ).unref();
  process.stderr.write(`races: ${seconds} s with seed ${seed} …\n`);
  const database = await openThrowaway();
  const { appUrl, ownerUrl = '' } = database;
  // Nothing waits for the disk, but everything for the log: a commit outlives the crash of the database, if not the machine's.
  await rowsOf(ownerUrl, 'ALTER DATABASE capward SET synchronous_commit = on');
  const time = beginFastTime();
  const servers = new Servers(appUrl, time);
  try {
    const chance = new Chance(seed);
    await servers.start(SERVERS);
    const tenants = await setStage({ appUrl, ownerUrl }, servers.address(chance), TENANTS, time);
    const beginnings = await Promise.all(tenants.map(({ orgId }) => headOf(ownerUrl, orgId)));

    const acts: Act[] = [];
    let words = 0;
    const begin = performance.now();
    const isOver = (): boolean => performance.now() - begin > seconds * 1000;
    const clients = tenants.flatMap((tenant) => {
      const around = {
        tenant,
        board: new Board(),
        address: (of: Chance) => servers.address(of),
        now: () => ({ run: performance.now() - begin, servers: fastNow(time) }),
        record: (act: Omit<Act, 'number'>) => acts.push({ ...act, number: acts.length + 1 }),
        nextWord: () => `word ${(words += 1)} of seed ${seed}`,
      };
      return tenant.people.map((who) => live(who, around, chance.fork(), isOver));
    });
    const trouble = calm ? undefined : makeTrouble(servers, ownerUrl, chance.fork(), isOver);
    await Promise.all(clients);
    const troubles = await trouble;
    await servers.stop();
    await untilQuiet(ownerUrl);

    const findings = await Promise.all(
      tenants.map(({ orgId }, index) => {
        const own = acts.filter(({ tenant }) => tenant.orgId === orgId);
        return checkTenant(ownerUrl, orgId, own, beginnings[index] ?? 0);
      }),
    );
    const saidOf = (requestId: string): string | undefined => servers.saidOf(requestId);
    process.exitCode = printReport({ seed, seconds, acts, findings, troubles, saidOf }) ? 0 : 1;
  } finally {
    await servers.stop();
    await database.stop();
  }
}

async function headOf(ownerUrl: string, orgId: string): Promise<number> {
  const [head] = await rowsOf<{ seq: number }>(ownerUrl, 'SELECT seq::int FROM audit_heads WHERE org_id = $1', [orgId]);
  return head?.seq ?? 0;
}

/** What a killed server has sent may still be at work. */
async function untilQuiet(ownerUrl: string): Promise<void> {
  const busy = "SELECT FROM pg_stat_activity WHERE application_name = 'capward'";
  while ((await rowsOf(ownerUrl, busy)).length > 0) await sleep(100);
}

await main();
