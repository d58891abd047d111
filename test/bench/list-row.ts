import { deepStrictEqual } from 'node:assert/strict';
import { CAPABILITIES } from '../../src/engine/capability.ts';
import { ContestantProcess } from './contestant-process.ts';
import { LIST_BODY } from './list-query.ts';
import { fetchText, load, type Target } from './load.ts';
import type { Row } from './row.ts';
import type { Stage } from './stage.ts';

/** A page of 20 profiles with what is approved, its risk, what is pending and the reviews of that. */
export async function listRow({ databaseUrl, casts: [cast] }: Stage): Promise<Row> {
  if (cast === undefined) throw new Error('an empty stage');
  const capabilities = CAPABILITIES.map(({ name }) => name);
  const capward = await ContestantProcess.start('capward', { databaseUrl });
  const raw = await ContestantProcess.start('raw-list', { databaseUrl, orgId: cast.orgId, capabilities });
  const mercurius = await ContestantProcess.start('mercurius-list', { databaseUrl });

  const targetOf = ({ port }: ContestantProcess): Target => ({
    url: `http://127.0.0.1:${port}/graphql`,
    method: 'POST',
    headers: { authorization: `Bearer ${cast.member}`, 'content-type': 'application/json' },
    body: LIST_BODY,
  });
  const answers = await Promise.all([capward, raw, mercurius].map((process) => fetchText(targetOf(process))));
  const [ours, ...theirs] = answers.map((text) => JSON.parse(text) as unknown);
  for (const their of theirs) deepStrictEqual(their, ours, 'everybody must give the same answer');

  const runOf = (process: ContestantProcess) => (seconds: number) =>
    process.measure(() => load(targetOf(process), seconds));
  return {
    name: 'list of 20 profiles (GraphQL)',
    unit: 'lists',
    aim: undefined,
    capward: { name: 'capward', run: runOf(capward) },
    baselines: [
      { name: 'node:http, one SQL statement', aim: 0.6, run: runOf(raw) },
      { name: 'mercurius with JIT', aim: 1, run: runOf(mercurius) },
    ],
    profile: (seconds) => capward.profile(() => load(targetOf(capward), seconds)),
    close: async () => {
      await Promise.all([capward.stop(), raw.stop(), mercurius.stop()]);
    },
  };
}
