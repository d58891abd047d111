import { pino } from 'pino';
import { createApp } from '../app.ts';
import { readConfig } from '../config.ts';
import { listen } from '../http/listen.ts';
import { systemClock } from '../kernel/clock.ts';
import { DomainError } from '../kernel/errors.ts';
import { createLog } from '../log.ts';
import { openThrowaway } from '../storage/database.ts';
import { assembleCast, type Cast } from './demo-cast.ts';
import { liveALittle } from './demo-life.ts';
import { tellStory } from './demo-story.ts';
import { COLOURED, PLAIN } from './resolve-layout.ts';

// `npm run demo`: the main job on a throw-away instance. `-- --keep` leaves it serving until it is interrupted.
const keep = process.argv.includes('--keep');
const paint = process.stdout.isTTY && !process.env['NO_COLOR'] ? COLOURED : PLAIN;
const print = (text: string): void => {
  process.stdout.write(text);
};

print(`${paint.bold('Capward: which Linux capabilities a container gets, decided by people')}\n`);
print('\n  Starting a PostgreSQL that keeps nothing, and the service on it …\n');

const config = readConfig(process.env);
const database = await openThrowaway();
const app = await createApp({
  ...config,
  introspection: true,
  // A machine that is busy with other things shall be slow, and not turn its only visitor away.
  maxEventLoopDelay: 0,
  databaseUrl: database.appUrl,
  log: createLog('warn', pino.destination(2)),
});
const stop = async (): Promise<void> => {
  await app.close();
  await database.stop();
};

try {
  const url = await listen(app.http, config.host, keep ? config.port : 0);
  print(`  Serving at ${url}.\n`);
  const cast = await assembleCast(url, { storage: app.storage, now: systemClock });
  print(
    '  The organization acme: the team payments with Dana in it, who reviews for other teams, the approvers Sam and Sofia, and\n  a deploy job.\n',
  );
  await tellStory(cast, print, paint);
  if (keep) await liveALittle(url, cast);
  print(
    keep
      ? howToGoOn(url, cast)
      : '\n  Done. `npm run demo -- --keep` leaves it serving; `npm start` serves for good.\n',
  );
} catch (error) {
  await stop();
  if (!(error instanceof DomainError)) throw error;
  process.stderr.write(`capward: ${error.message}\n`);
  process.exit(1);
}

if (keep) {
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => void stop().then(() => process.exit(0)));
} else {
  await stop();
}

function howToGoOn(url: string, { tokens }: Cast): string {
  const lines = Object.entries(tokens).map(([name, token]) => `    ${name.padEnd(11)} ${token}`);
  return [
    '\n  Still serving, until you press Ctrl-C. The tokens, for a day:\n',
    ...lines,
    `\n  Open ${url} and sign in with one of them; Sam and Sofia have requests to review. Or, in another terminal:\n`,
    `    export CAPWARD_URL=${url} CAPWARD_TOKEN=${tokens['deploy-bot']}`,
    '    bin/capward export payments/edge-proxy --format docker-run',
    `\n  ${url}/graphiql takes the header "Authorization": "Bearer TOKEN".\n\n`,
  ].join('\n');
}
