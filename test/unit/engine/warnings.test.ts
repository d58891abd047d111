import { describe, expect, test } from '@jest/globals';
import { resolveOrThrow } from '../../../src/engine/resolve.ts';
import type { Spec } from '../../../src/engine/spec.ts';
import { WARNING_CODES, type Warning, warn } from '../../../src/engine/warnings.ts';
import { goldenYaml, specOf } from './golden.ts';

interface Case {
  readonly spec: Partial<Spec>;
  /** `CODE NAME NAME` */
  readonly warnings: readonly string[];
}

const cases: readonly Case[] = goldenYaml('warnings.yaml');

test.each(cases)('$spec', ({ spec, warnings }) => {
  expect(warn(resolveOrThrow(specOf(spec))).map(inBrief)).toEqual(warnings);
});

describe('as a whole', () => {
  const said = cases.flatMap(({ spec }) => warn(resolveOrThrow(specOf(spec))));

  test('every code is said in some case', () => {
    const codes = new Set(said.map(({ code }) => code));
    expect(WARNING_CODES.filter((code) => !codes.has(code))).toEqual([]);
  });

  test('gravest first', () => {
    for (const { spec } of cases) {
      const places = warn(resolveOrThrow(specOf(spec))).map(({ code }) => WARNING_CODES.indexOf(code));
      expect(places).toEqual(places.toSorted((a, b) => a - b));
    }
  });

  test('messages are sentences', () => {
    expect(said.filter(({ message }) => !/^\p{L}.*\.$/u.test(message))).toEqual([]);
  });
});

test('a contradiction says who wins here', () => {
  const [found] = warn(resolveOrThrow(specOf({ add: ['CHOWN'], drop: ['CHOWN'] })));
  expect(found?.message).toBe(
    'CAP_CHOWN is both added and dropped. Docker gives CAP_CHOWN; other runtimes decide otherwise. Keep one of the two words.',
  );
});

function inBrief({ code, capabilities }: Warning): string {
  return [code, ...capabilities.map((name) => name.replace('CAP_', ''))].join(' ');
}
