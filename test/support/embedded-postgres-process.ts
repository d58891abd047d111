// A process that starts an embedded PostgreSQL, for tests that kill it or run it as somebody else:
//   node test/support/embedded-postgres-process.ts DIRECTORY|--throwaway
// It prints {"url","pid"} or {"code","message"}, ignores SIGINT as a service that drains does, and stops when its
// standard input closes.
import { once } from 'node:events';
import { DomainError } from '../../src/kernel/errors.ts';
import { startEmbeddedPostgres } from '../../src/storage/embedded-postgres.ts';

const [where = '--throwaway'] = process.argv.slice(2);
process.on('SIGINT', () => undefined);

try {
  const server = await startEmbeddedPostgres(where === '--throwaway' ? { throwaway: true } : { dataDirectory: where });
  console.log(JSON.stringify({ url: server.url, pid: server.pid }));
  process.stdin.resume();
  await once(process.stdin, 'end');
  await server.stop();
} catch (error) {
  if (!(error instanceof DomainError)) throw error;
  console.log(JSON.stringify({ code: error.code, message: error.message }));
}
