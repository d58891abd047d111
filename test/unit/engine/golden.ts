import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { Spec } from '../../../src/engine/spec.ts';

const CASES = new URL('../../cases/engine/', import.meta.url);

/** The objects of a file with one JSON object a line; the test that asks says what shape they have. */
export function goldenLines(file: string) {
  return textOf(file)
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
}

/** The content of a YAML file; the test that asks says what shape it has. */
export function goldenYaml(file: string) {
  return parse(textOf(file));
}

/** A spec for Docker with everything that is not given at its default. */
export function specOf(parts: Partial<Spec> = {}): Spec {
  return { runtime: 'docker', add: [], drop: [], privileged: false, noNewPrivileges: false, ...parts };
}

function textOf(file: string): string {
  return readFileSync(new URL(file, CASES), 'utf8');
}
