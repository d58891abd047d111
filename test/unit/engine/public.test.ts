import { readdirSync, readFileSync } from 'node:fs';
import { runInNewContext } from 'node:vm';
import { describe, expect, test } from '@jest/globals';
import * as engine from '../../../src/engine/public.ts';

const ENGINE = new URL('../../../src/engine/', import.meta.url);

const sources = readdirSync(ENGINE, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => ({ file, text: readFileSync(new URL(file, ENGINE), 'utf8') }));

/** Lines of docstrings of the form ` * expression // → value`. */
const examples = sources.flatMap(({ text }) =>
  Array.from(text.matchAll(/^ \* (.+) \/\/ → (.+)$/gm), ([, expression = '', value = '']) => ({ expression, value })),
);

describe('the examples of the documentation', () => {
  test.each(examples)('$expression', ({ expression, value }) => {
    // What comes from another context has other prototypes, so only the shape is compared.
    const [got, expected] = runInNewContext(`[(${expression}), (${value})]`, {
      ...engine,
    });
    expect(shape(got)).toEqual(shape(expected));
  });

  test('there is one for every function of the library', () => {
    const functions = Object.entries(engine).filter(([, value]) => typeof value === 'function');
    const shown = examples.map(({ expression }) => expression).join('\n');
    expect(functions.map(([name]) => name).filter((name) => !shown.includes(`${name}(`))).toEqual([]);
  });
});

describe('the library', () => {
  const imports = sources.flatMap(({ file, text }) =>
    Array.from(text.matchAll(/from '([^']+)'/g), ([, specifier = '']) => ({
      file,
      specifier,
    })),
  );

  test('imports nothing but itself and the kernel room', () => {
    const foreign = imports.filter(({ specifier }) => !/^(\.\/|\.\.\/)+(?!\.)/.test(specifier));
    expect(foreign).toEqual([]);
    const rooms = imports.filter(({ specifier }) =>
      /^(\.\.\/)+(access|audit|cli|formats|graphql|http|policy|storage)\//.test(specifier),
    );
    expect(rooms).toEqual([]);
  });

  test('touches nothing that a browser lacks', () => {
    const nodeOnly = /\b(process|Buffer|require|__dirname|setImmediate)\b[.(]/;
    const codeOf = (text: string) => text.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*/g, '');
    expect(sources.filter(({ text }) => nodeOnly.test(codeOf(text))).map(({ file }) => file)).toEqual([]);
  });

  test('offers what it promises', () => {
    expect(Object.keys(engine).toSorted()).toMatchInlineSnapshot(`
     [
       "CAPABILITIES",
       "EMPTY_SET",
       "ENGINE_VERSION",
       "FULL_SET",
       "OPERATIONS",
       "RISK_MODEL",
       "RISK_TIERS",
       "RUNTIMES",
       "RUNTIME_IDS",
       "WARNING_CODES",
       "answerOperations",
       "assessRisk",
       "compareRuntimes",
       "contradictions",
       "equals",
       "explain",
       "fromBigInt",
       "fromNames",
       "has",
       "intersect",
       "isEmpty",
       "isRootUser",
       "isRuntimeId",
       "isSubset",
       "meansTheSameEverywhere",
       "minus",
       "nameOf",
       "numberOf",
       "podSecurityLevelOf",
       "resolve",
       "resolveOrThrow",
       "scoreRisk",
       "shownScore",
       "size",
       "toBigInt",
       "toNames",
       "union",
       "warn",
     ]
    `);
  });
});

function shape(value: unknown): unknown {
  return typeof value === 'bigint' ? `${value}n` : JSON.parse(JSON.stringify(value));
}
