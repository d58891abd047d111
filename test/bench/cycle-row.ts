import { ContestantProcess } from './contestant-process.ts';
import { approve, cyclesAt } from './cycles.ts';
import type { Row } from './row.ts';
import { type Stage, setStage } from './stage.ts';

/** Each takes its turns one after the other: tenants are independent, and within one the history keeps the order. */
const TENANTS = 4;

/** What each tenant holds before: PostgreSQL plans by what it knows of the tables, and knows nothing of empty ones. */
const PROFILES = 150;

/** Tenants on a disk that commits wait for, each with whole cycles in its tables. */
export function setCycleStage(directory: string): Promise<Stage> {
  return setStage({ directory }, TENANTS, async (ask, cast) => {
    for (let made = 0; made < PROFILES; made += 1) await approve(ask, cast, `before-${made}`);
  });
}

/** Request, review, approval and export, over HTTP. */
export async function cycleRow({ databaseUrl, ownerUrl, casts }: Stage): Promise<Row> {
  const capward = await ContestantProcess.start('capward', { databaseUrl });
  const raw = await ContestantProcess.start('raw-cycle', { ownerUrl, orgIds: casts.map(({ orgId }) => orgId) });
  const cycles = cyclesAt(capward.port, TENANTS);
  const work = (seconds: number): Promise<number> => cycles.work(casts, seconds);
  return {
    name: 'request, review, approve, export (HTTP)',
    unit: 'cycles',
    aim: undefined,
    capward: { name: 'capward', run: (seconds) => capward.measure(() => work(seconds)) },
    baselines: [
      {
        name: 'raw pg, as many inserts and transactions',
        aim: 0.3,
        run: (seconds) => raw.measure(() => raw.work(seconds)),
      },
    ],
    profile: (seconds) => capward.profile(() => work(seconds)),
    close: async () => {
      cycles.close();
      await Promise.all([capward.stop(), raw.stop()]);
    },
  };
}
