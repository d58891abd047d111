import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { lexicographicSortSchema, printSchema } from 'graphql';
import { createSchema } from './schema.ts';

// Writes schema.graphql, the committed picture of the API: `npm run check` fails when it is not current.
await writeFile(
  join(import.meta.dirname, '../../schema.graphql'),
  `${printSchema(lexicographicSortSchema(createSchema()))}\n`,
);
