import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { parse } from 'yaml';
import { IMPORT_IDS, type ImportId, importContainers } from '../../../src/formats/import/imports.ts';
import { DomainError } from '../../../src/kernel/errors.ts';

/** The texts of the golden cases, which reach most of a reader already. */
function seedsOf(id: ImportId): string[] {
  const file = new URL(`../../cases/formats/import/${SEED_FILES[id] ?? id}.yaml`, import.meta.url);
  const cases: { text?: string; files?: { content: string }[] }[] = parse(readFileSync(file, 'utf8'));
  return cases.flatMap(({ text, files = [] }) => [
    ...(text === undefined ? [] : [text]),
    ...files.map((f) => f.content),
  ]);
}

const SEED_FILES: Partial<Record<ImportId, string>> = { 'podman-run': 'docker-run', nerdctl: 'docker-run' };

/** Pieces that mean something to one reader or another. */
const MEANINGFUL = [
  [
    '\n',
    ' ',
    '  ',
    '\t',
    '\r\n',
    '\\',
    '\\\n',
    "'",
    '"',
    '`',
    '$',
    '$(',
    '${',
    ')',
    '}',
    '{',
    '[',
    ']',
    ',',
    ':',
    '=',
    '#',
  ],
  [
    '- ',
    '? ',
    '<<: ',
    '<<',
    '*a',
    '&a ',
    '!reset ',
    '!!str ',
    '|\n',
    '>\n',
    '---\n',
    '...\n',
    '%YAML 1.2\n',
    '~',
    'null',
  ],
  ['--', '-u', '--cap-add=', '--privileged', 'ALL', 'CAP_', '1', '0', 'true', '//', '/*', '*/', '%{', '%', '<<EOT\n'],
  ['[Container]\n', '[Service]\n', 'kind: Pod\n', 'services:\n', 'extends: a\n', 'task "t" {\n', 'driver = "docker"\n'],
  ['"HostConfig":', '"process":', '\u0000', '\ufeff', '\u2028', '\ud800', '\u{1F600}', '__proto__', 'constructor'],
].flat();

const piece = fc.oneof(fc.constantFrom(...MEANINGFUL), fc.string({ maxLength: 6 }));

interface Edit {
  readonly at: number;
  readonly remove: number;
  readonly insert: readonly string[];
}

const edit: fc.Arbitrary<Edit> = fc.record({
  at: fc.nat({ max: 10_000 }),
  remove: fc.nat({ max: 8 }),
  insert: fc.array(piece, { maxLength: 3 }),
});

function edited(text: string, edits: readonly Edit[]): string {
  return edits.reduce((result, { at, remove, insert }) => {
    const place = at % (result.length + 1);
    return result.slice(0, place) + insert.join('') + result.slice(place + remove);
  }, text);
}

/** Reads the file and says what is wrong with the answer; undefined when it is a list of containers or a refusal. */
function problemWith(id: ImportId, content: string | Uint8Array): unknown {
  try {
    const lines = typeof content === 'string' ? content.split('\n').length : content.length + 1;
    return importContainers(id, { files: [{ name: 'file', content }] }).find(
      ({ spec, position }) =>
        position.line > lines || [...spec.add, ...spec.drop].some((word) => typeof word !== 'string'),
    );
  } catch (error) {
    const isRefusal =
      error instanceof DomainError && (error.code === 'INVALID_INPUT' || error.code === 'PAYLOAD_TOO_LARGE');
    return isRefusal && error.message.length < 1_000 ? undefined : error;
  }
}

test.each(IMPORT_IDS)('%s answers broken files with a coded error, or reads them', (id) => {
  fc.assert(
    fc.property(fc.constantFrom(...seedsOf(id)), fc.array(edit, { maxLength: 6 }), (seed, edits) => {
      expect(problemWith(id, edited(seed, edits))).toBeUndefined();
    }),
    { numRuns: 300 },
  );
});

test.each(IMPORT_IDS)('%s answers anything at all with a coded error, or reads it', (id) => {
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
      expect(problemWith(id, pieces.join(''))).toBeUndefined();
    }),
    { numRuns: 200 },
  );
});

test.each(IMPORT_IDS)('%s takes any bytes', (id) => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), (content) => {
      expect(problemWith(id, content)).toBeUndefined();
    }),
  );
});
