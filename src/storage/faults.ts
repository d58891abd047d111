import pg from 'pg';
import { DomainError } from '../kernel/errors.ts';

/** Prisma's codes for a database that cannot be reached, is closing, or gave no connection or time in time. */
const PRISMA_AWAY = new Set(['P1001', 'P1002', 'P1008', 'P1017', 'P2024', 'P2028', 'P2034', 'P2037']);
/** SQLSTATE: connection exceptions (08), operator intervention (57P), out of resources (53), locks and deadlocks. */
const SQLSTATE_AWAY = /^(08|53|57P)|^(40001|40P01|55P03|57014|25P03)$/;
const SOCKET_AWAY = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOENT',
  'EHOSTUNREACH',
  'ENOTFOUND',
]);
const DRIVER_AWAY =
  /connection terminated|timeout exceeded when trying to connect|client has encountered a connection error|connection error|server closed the connection|Can't reach database|not queryable|pool is draining|after calling end/i;

function chain(error: unknown): readonly Record<string, unknown>[] {
  const links: Record<string, unknown>[] = [];
  let link = error;
  while (typeof link === 'object' && link !== null && links.length < 8) {
    links.push(link as Record<string, unknown>);
    link =
      (link as Record<string, unknown>)['cause'] ??
      (link as { meta?: Record<string, unknown> }).meta?.['driverAdapterError'];
  }
  return links;
}

/** Whether the database, rather than the statement, was at fault: the caller may try again. */
export function isDatabaseAway(error: unknown): boolean {
  return chain(error).some((link) => {
    const code = link['originalCode'] ?? link['code'];
    if (typeof code === 'string' && (PRISMA_AWAY.has(code) || SOCKET_AWAY.has(code) || SQLSTATE_AWAY.test(code)))
      return true;
    return typeof link['message'] === 'string' && DRIVER_AWAY.test(link['message']);
  });
}

/** SQLSTATE of a role, a password or a database that is not as the address says. */
const SQLSTATE_TURNED_AWAY = /^(28|3D)/;

/** Whether the database lets nobody in who comes like that: the address has to be mended. */
export function isTurnedAway(error: unknown): boolean {
  return chain(error).some((link) => {
    const code = link['originalCode'] ?? link['code'];
    return typeof code === 'string' && SQLSTATE_TURNED_AWAY.test(code);
  });
}

/** SQLSTATE of what ends a connection together with the statement: it was cut, or its server or pooler is going. */
const SQLSTATE_ENDING = /^(08|57P)/;

/** Whether a connection may be used again after an error: only those that are a statement's own leave it as it was. */
export function leavesSound(error: unknown): boolean {
  return error instanceof pg.DatabaseError && !SQLSTATE_ENDING.test(error.code ?? '');
}

/** Whether a unique key refused the row. */
export function isUniqueViolation(error: unknown): boolean {
  return chain(error).some((link) => ['P2002', '23505'].includes(String(link['originalCode'] ?? link['code'])));
}

/** Whether PostgreSQL refused a text because of the one character that it cannot hold. */
function isUnstorableText(error: unknown): boolean {
  return chain(error).some((link) => String(link['originalCode'] ?? link['code']) === '22021');
}

/** Whether the database refused to make something for somebody who has left. */
function hasLeft(error: unknown): boolean {
  return chain(error).some((link) => (link['originalCode'] ?? link['code']) === 'CWL01');
}

/** What the caller is told of a failure in the database; faults of ours pass through and become INTERNAL. */
export function asDomainError(error: unknown): unknown {
  if (error instanceof DomainError) return error;
  if (isUnstorableText(error)) return new DomainError('INVALID_INPUT', 'a text must not contain the character NUL');
  if (hasLeft(error)) {
    return new DomainError(
      'FORBIDDEN',
      'this person has left the organization: an owner can bring them back (addMember)',
    );
  }
  if (!isDatabaseAway(error)) return error;
  const away = new DomainError(
    'UNAVAILABLE',
    'the database is not answering; nothing was changed unless a later look says so: try again shortly',
  );
  away.cause = error;
  return away;
}
