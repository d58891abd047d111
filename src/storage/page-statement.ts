import { join, type Sql } from 'sql-template-tag';
import type { Statement } from './storage.ts';

/** One page of a list. */
export interface PageQuery {
  /** What the list is called; its statements are named after it. */
  readonly name: string;
  /** `SELECT … FROM …`, without values. */
  readonly select: string;
  /** The conditions; undefined where nobody asked for one. */
  readonly where: readonly (Sql | undefined)[];
  /** `p.name, p.id`. */
  readonly orderBy: string;
  /** How many rows are needed. */
  readonly limit: number;
}

/** How many rows are read for a page that people look at: few sizes make few statements. */
const SIZES: readonly number[] = [21, 51, 101];

/** What was asked so far: lists, times their conditions, times sizes. */
const names = new Map<string, string>();

/**
 * The statement of a page; it may give more rows than are needed. It says no more than what was asked, since PostgreSQL
 * makes one plan for all values: of `$2 IS NULL OR …`, or of an unknown number of rows, one that reads and sorts the list.
 */
export function pageStatement({ name, select, where, orderBy, limit }: PageQuery): Statement {
  const conditions = join(
    where.filter((condition) => condition !== undefined),
    ' AND ',
  );
  const size = SIZES.find((one) => one >= limit) ?? limit;
  const text = `${select} WHERE ${conditions.text} ORDER BY ${orderBy} LIMIT ${size}`;
  const known = names.get(text) ?? `${name}-${names.size + 1}`;
  names.set(text, known);
  return { name: known, text, values: conditions.values };
}
