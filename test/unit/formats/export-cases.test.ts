import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { resolveOrThrow } from '../../../src/engine/resolve.ts';
import type { Spec } from '../../../src/engine/spec.ts';
import { FORMAT_IDS, FORMATS, isFormatId } from '../../../src/formats/formats.ts';
import type { Grant } from '../../../src/formats/grant.ts';
import { grantOf } from './grants.ts';

/** A case of test/cases/formats/export: words, and for each format its text or what it refuses. */
interface ExportCase {
  readonly spec: Partial<Spec> & Pick<Spec, 'runtime'>;
  readonly exports: Readonly<Record<string, string>>;
  readonly refused?: Readonly<Record<string, string>>;
}

const folder = new URL('../../cases/formats/export/', import.meta.url);

test.each(readdirSync(folder))('%s', (fileName) => {
  const { spec, exports, refused = {} }: ExportCase = parse(readFileSync(new URL(fileName, folder), 'utf8'));
  const full: Spec = { add: [], drop: [], privileged: false, noNewPrivileges: false, ...spec };
  const { sets } = resolveOrThrow(full);
  const { runtime, user, noNewPrivileges } = full;
  const grant = grantOf({ runtime, sets, user, noNewPrivileges });
  const texts = Object.fromEntries(Object.keys(exports).map((id) => [id, rendered(id, grant)]));
  expect(texts).toEqual(exports);
  expect([...Object.keys(exports), ...Object.keys(refused)].sort()).toEqual([...FORMAT_IDS].sort());
  for (const [id, path] of Object.entries(refused))
    expect(() => rendered(id, grant)).toThrow(
      expect.objectContaining({ code: 'UNSUPPORTED_BY_FORMAT', issues: [expect.objectContaining({ path })] }),
    );
});

function rendered(id: string, grant: Grant): string {
  if (!isFormatId(id)) throw new Error(`${id} is not a format`);
  return FORMATS[id].render(grant);
}
