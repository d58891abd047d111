import { ContestantProcess } from './contestant-process.ts';
import { approve, type Cycles, cyclesAt } from './cycles.ts';
import type { Row, Run } from './row.ts';
import { type Stage, setStage } from './stage.ts';

/** Clients at once, and tenants for them to be in. */
const CROWD = 50;

/** Clients of the plain cycle, each in a tenant of its own. */
const FEW = 4;

/** What each tenant holds before. */
const PROFILES = 6;

/** Many tenants on a disk that commits wait for. */
export function setContentionStage(directory: string): Promise<Stage> {
  return setStage({ directory }, CROWD, async (ask, cast) => {
    for (let made = 0; made < PROFILES; made += 1) await approve(ask, cast, `before-${made}`);
  });
}

/** The same cycle by fifty clients at once: all of them in one tenant, or each in its own. */
export async function contentionRow({ databaseUrl, casts }: Stage): Promise<Row> {
  const capward = await ContestantProcess.start('capward', { databaseUrl });
  const cycles: Cycles = cyclesAt(capward.port, CROWD);
  const [one] = casts;
  if (one === undefined) throw new Error('there is no tenant');
  const inOne = Array.from({ length: CROWD }, () => one);
  const run = (clients: Stage['casts'], seconds: number): Promise<Run> =>
    capward.measure(() => cycles.work(clients, seconds));
  return {
    name: 'the same cycle, 50 clients of one tenant at once',
    unit: 'cycles',
    aim: undefined,
    capward: { name: 'capward', run: (seconds) => run(inOne, seconds) },
    baselines: [
      {
        name: 'the plain cycle: 4 clients of 4 tenants',
        aim: undefined,
        run: (seconds) => run(casts.slice(0, FEW), seconds),
      },
      { name: '50 clients of 50 tenants', aim: undefined, run: (seconds) => run(casts, seconds) },
    ],
    profile: (seconds) => capward.profile(() => cycles.work(inOne, seconds)),
    close: async () => {
      cycles.close();
      await capward.stop();
    },
  };
}
