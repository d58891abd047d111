import closeWithGrace from 'close-with-grace';
import { createApp } from './app.ts';
import { readConfig } from './config.ts';
import { listen } from './http/listen.ts';
import { DomainError } from './kernel/errors.ts';
import { createLog } from './log.ts';
import { hasTenants, openDatabase } from './storage/database.ts';
import { endOfEmbedded } from './storage/embedded-postgres.ts';

/** How long requests that have begun may take to end when the process is asked to stop (milliseconds). */
const GRACE = 20_000;

async function main(): Promise<void> {
  const config = readConfig(process.env);
  const log = createLog(config.logLevel);
  const database = await openDatabase(config);
  if (database.applied.length > 0) log.info({ migrations: database.applied }, 'database brought up to date');
  // Asked before anybody can stop us: a question that is cut off then would look like a fault.
  const isNew = (await hasTenants(database)) === false;
  const app = await createApp({ ...config, databaseUrl: database.appUrl, log });

  let stopping = false;
  closeWithGrace({ delay: GRACE, logger: log }, async ({ signal, err }) => {
    stopping = true;
    if (err !== undefined) log.fatal({ err }, 'stopping after a fault');
    else log.info({ signal }, 'stopping: answering what has begun');
    await app.close();
    await database.stop();
    log.info('stopped');
  });
  // Without it nothing can be answered any more, and nobody else would start it again: whoever started us can.
  void endOfEmbedded(database.ownerUrl)?.then(async (serverLog) => {
    if (stopping) return;
    log.fatal(`the embedded PostgreSQL has ended by itself, so the service ends too; ${serverLog} says why`);
    await database.stop();
    process.exit(1);
  });

  const address = await listen(app.http, config.host, config.port);
  log.info({ address, graphiql: config.introspection ? `${address}/graphiql` : undefined }, 'serving');
  if (isNew) process.stderr.write(FIRST_STEPS);
}

const FIRST_STEPS = `
  There is no organization yet. In another terminal, here:

    bin/capward admin create-org --slug acme --owner you@acme.example

  It prints a link that signs you in with a browser (once, within 15 minutes; \`bin/capward admin sign-in-link\` prints
  another one), and a token. Send that as "Authorization: Bearer TOKEN"; for the command line:

    export CAPWARD_TOKEN=TOKEN

`;

try {
  await main();
} catch (error) {
  // What the person who starts it can mend needs no stack: a setting, a port in use, a database that is away.
  const known = error instanceof DomainError || (error instanceof Error && 'code' in error);
  process.stderr.write(`capward: ${known ? (error as Error).message : (error as Error).stack}\n`);
  process.exit(1);
}
