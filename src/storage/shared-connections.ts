import { DomainError } from '../kernel/errors.ts';

/** A connection string, and whether its connections are shared. */
export interface DatabaseUrl {
  /** Without what is only for us. */
  readonly url: string;
  /**
   * Whether a pooler in transaction mode (PgBouncer) gives us another connection of the server for each transaction, and
   * takes it back: then nothing may depend on what an earlier transaction left there.
   */
  readonly shared: boolean;
}

/** Reads `?pgbouncer=true`, which Prisma's tools know as well. */
export function readDatabaseUrl(text: string): DatabaseUrl {
  const url = new URL(text);
  const said = url.searchParams.get('pgbouncer');
  if (said === null) return { url: text, shared: false };
  if (said !== 'true' && said !== 'false') {
    throw new DomainError('INVALID_INPUT', `pgbouncer=${said} in the database's URL: true or false`);
  }
  url.searchParams.delete('pgbouncer');
  return { url: url.href, shared: said === 'true' };
}

/** Refuses a pooler where something has to be the same connection from beginning to end. */
export function requireOwnConnection(text: string, what: string): void {
  if (!readDatabaseUrl(text).shared) return;
  throw new DomainError('INVALID_INPUT', `${what} with pgbouncer=true in its URL: give a URL of the server itself`);
}

/** How a statement is named for the driver: not at all where the next transaction has another connection. */
export function nameOf(name: string, shared: boolean): { readonly name?: string } {
  return shared ? {} : { name };
}
