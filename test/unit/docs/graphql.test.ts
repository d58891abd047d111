import { describe, expect, test } from '@jest/globals';
import { buildSchema, parse, validate } from 'graphql';
import { blocks, PAGES, type Page, readText } from './pages.ts';

const schema = buildSchema(readText('schema.graphql'));

/** The operations that a page shows: as GraphQL, or sent by the README's function `gql TOKEN 'QUERY'`. */
function operations(page: Page): readonly string[] {
  const sent = blocks(page, 'sh').flatMap((block) => [
    ...[...block.matchAll(/gql "\$\w+" '([^']*)'/g)].map(([, query]) => query ?? ''),
    ...[...block.matchAll(/gql "\$\w+" "((?:[^"\\]|\\.)*)"/g)].map(([, query]) =>
      (query ?? '').replaceAll(String.raw`\"`, '"'),
    ),
  ]);
  return [...blocks(page, 'graphql'), ...sent];
}

const shown = PAGES.map((page) => ({ path: page.path, queries: operations(page) })).filter(
  ({ queries }) => queries.length > 0,
);

describe.each(shown)('$path', ({ queries }) => {
  test.each(queries)('shows an operation that the schema takes: %s', (query) => {
    expect(validate(schema, parse(query)).map(({ message }) => message)).toEqual([]);
  });
});

test('the README sends at least one of each step', () => {
  const [readme] = shown.filter(({ path }) => path === 'README.md');
  const sent = readme?.queries.join('\n') ?? '';
  for (const field of [
    'createTeam',
    'addMember',
    'createToken',
    'requestProfile',
    'reviewChangeRequest',
    'auditEvents',
  ])
    expect(sent).toContain(field);
});
