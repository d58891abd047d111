import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import type { RuntimeId } from '../../../src/engine/runtime.ts';
import { type ImportRequest, importContainers, isImportId } from '../../../src/formats/import/imports.ts';
import type { SourceFile } from '../../../src/formats/syntax/source-text.ts';
import { thrownBy } from './thrown-by.ts';

/** A case of test/cases/formats/import: some text and the containers in it, or the refusal. */
interface ImportCase {
  readonly case: string;
  readonly text?: string;
  readonly files?: readonly SourceFile[];
  readonly referenced?: readonly SourceFile[];
  readonly runtime?: RuntimeId;
  readonly containers?: readonly ExpectedContainer[];
  readonly refused?: { readonly code: string; readonly at?: string };
}

/** What stands out about a container; `at` is `line:column`, with the file before it where there are several. */
interface ExpectedContainer {
  readonly name: string;
  readonly at: string;
  readonly runtime?: RuntimeId;
  readonly add?: readonly string[];
  readonly drop?: readonly string[];
  readonly privileged?: boolean;
  readonly user?: string;
  readonly noNewPrivileges?: boolean;
  readonly warnings?: readonly string[];
}

const DEFAULT_RUNTIMES: Readonly<Record<string, RuntimeId>> = { kubernetes: 'containerd' };
const folder = new URL('../../cases/formats/import/', import.meta.url);

describe.each(readdirSync(folder))('%s', (fileName) => {
  const id = fileName.replace(/\.yaml$/, '');
  if (!isImportId(id)) throw new Error(`${id} is not a format that can be read`);
  const cases: ImportCase[] = parse(readFileSync(new URL(fileName, folder), 'utf8'));

  test.each(cases.filter(({ refused }) => refused === undefined))('$case', ({ text, files, containers, ...layers }) => {
    const request: ImportRequest = { files: files ?? [{ name: 'file', content: text ?? '' }], ...layers };
    const found = importContainers(id, request).map(({ name, spec, position, warnings }) => {
      const place = `${position.line}:${position.column}`;
      const at = files === undefined ? place : `${position.file}:${place}`;
      return { name, at, spec, warnings: warnings.map(({ code }) => code) };
    });
    expect(found).toEqual(containers?.map((container) => expectedOf(container, DEFAULT_RUNTIMES[id] ?? 'docker')));
  });

  test.each(cases.filter(({ refused }) => refused !== undefined))('refused: $case', ({ text = '', refused }) => {
    const error = thrownBy(() => importContainers(id, { files: [{ name: 'file', content: text }] }));
    const place = refused?.at === undefined ? /^file/ : new RegExp(`^file:${refused.at}$`);
    expect(error).toMatchObject({ code: refused?.code, issues: [{ path: expect.stringMatching(place) }] });
  });
});

function expectedOf(container: ExpectedContainer, defaultRuntime: RuntimeId): unknown {
  const { name, at, runtime = defaultRuntime, add = [], drop = [], user, warnings = [] } = container;
  const { privileged = false, noNewPrivileges = false } = container;
  return { name, at, spec: { runtime, add, drop, privileged, user, noNewPrivileges }, warnings };
}
