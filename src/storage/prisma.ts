import { createHash } from 'node:crypto';
import { PrismaPg } from '@prisma/adapter-pg';
import type pg from 'pg';
import { PrismaClient } from './generated/client.ts';

/**
 * Prisma over the one pool. Statements are named by their text, so that PostgreSQL plans each once a connection; where
 * connections are shared, a name would be unknown at the next one, or stand for another's text.
 */
export function createPrisma(pool: pg.Pool, shared: boolean): PrismaClient {
  if (shared) return new PrismaClient({ adapter: new PrismaPg(pool) });
  const names = new Map<string, string>();
  const nameOf = (sql: string): string => {
    let name = names.get(sql);
    if (name === undefined) {
      name = `p_${createHash('sha256').update(sql).digest('hex').slice(0, 24)}`;
      // Prisma writes one text a number of list items; past this many the rest is not worth remembering.
      if (names.size < 1000) names.set(sql, name);
    }
    return name;
  };
  return new PrismaClient({ adapter: new PrismaPg(pool, { statementNameGenerator: (query) => nameOf(query.sql) }) });
}

export type { Prisma, PrismaClient } from './generated/client.ts';
