import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { runInNewContext } from 'node:vm';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';

interface Bundle {
  readonly chunks: number;
  readonly code: string;
  readonly imports: readonly string[];
}

const SCRIPT = fileURLToPath(new URL('../../support/bundle-engine.ts', import.meta.url));

/** The library, or what is taken of it, minified for a browser. */
function bundled(taken: string, format: 'esm' | 'iife'): Bundle {
  return JSON.parse(execFileSync(process.execPath, [SCRIPT, taken, format], { encoding: 'utf8' }));
}

describe('the library in a bundle', () => {
  // docs/extend.md has the figures of the day; these are the most that they may become (thousands of bytes with gzip).
  test.each([
    ['everything', '*', 36],
    ['resolve and score', '{ resolve, scoreRisk }', 25],
    ['sets alone', '{ fromNames, toNames, union }', 3],
  ])('%s imports nothing and stays small', (_what, taken, most) => {
    const { chunks, code, imports } = bundled(taken, 'esm');
    expect({ chunks, imports }).toEqual({ chunks: 1, imports: [] });
    expect(code).not.toMatch(/\bimport\b/);
    expect(gzipSync(code, { level: 9 }).length).toBeLessThanOrEqual(most * 1000);
  });

  test('runs where there is nothing but the language', () => {
    const { code } = bundled('*', 'iife');
    const answer = runInNewContext(`${code}; JSON.stringify(engine.resolve({
      runtime: 'docker', add: ['SYS_ADMIN'], drop: ['ALL'], privileged: false, noNewPrivileges: false,
    }).resolution.sets.bounding)`);
    expect(JSON.parse(answer)).toEqual({ lo: 1 << 21, hi: 0 });
  });
});
