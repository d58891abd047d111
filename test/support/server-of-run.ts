import type { Database } from '../../src/storage/database.ts';

/** Environment variable in which the workers find the server of this run: a `ServerUrls` as JSON. */
export const SERVER_VARIABLE = 'CAPWARD_TEST_SERVER';

/** The migrated database that every test file gets a copy of. */
export const TEMPLATE = 'capward';

export interface ServerUrls {
  readonly appUrl: string;
  readonly ownerUrl: string;
}

/** Where the process that started the server keeps it, to stop it in the end. */
export const RUN: { server?: Database } = ((globalThis as { capwardTestRun?: { server?: Database } }).capwardTestRun ??=
  {});

/** The same server, another of its databases. */
export function onDatabase(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.href;
}
