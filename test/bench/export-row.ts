import { strictEqual } from 'node:assert/strict';
import { ContestantProcess } from './contestant-process.ts';
import { profileName } from './list-stage.ts';
import { fetchText, load, type Target } from './load.ts';
import type { Row } from './row.ts';
import { type Stage, TEAM } from './stage.ts';

/** What deploy tooling fetches, with a token. */
export async function exportRow({ databaseUrl, casts: [cast] }: Stage): Promise<Row> {
  if (cast === undefined) throw new Error('an empty stage');
  const path = `/v1/teams/${TEAM}/profiles/${profileName(0)}/export`;
  const capward = await ContestantProcess.start('capward', { databaseUrl });
  const targetOf = ({ port }: ContestantProcess): Target => ({
    url: `http://127.0.0.1:${port}${path}?format=docker-run`,
    method: 'GET',
    headers: { authorization: `Bearer ${cast.member}` },
  });
  const body = await fetchText(targetOf(capward));
  const bare = await ContestantProcess.start('bare-export', { path, body });
  strictEqual(await fetchText(targetOf(bare)), body);

  const runOf = (process: ContestantProcess) => (seconds: number) =>
    process.measure(() => load(targetOf(process), seconds));
  return {
    name: 'export (REST, authenticated)',
    unit: 'exports',
    aim: undefined,
    capward: { name: 'capward', run: runOf(capward) },
    baselines: [{ name: 'bare Fastify, same bytes', aim: 0.8, run: runOf(bare) }],
    profile: (seconds) => capward.profile(() => load(targetOf(capward), seconds)),
    close: async () => {
      await Promise.all([capward.stop(), bare.stop()]);
    },
  };
}
