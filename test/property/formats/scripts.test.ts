import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { importContainers } from '../../../src/formats/import/imports.ts';

/** A `docker` that only writes its arguments down: a line for each call, with tabs between them. */
const RECORDER = `#!/bin/sh
{ for word; do printf '%s\\t' "$word"; done; echo; } >> "$RECORD"
`;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'capward-scripts-'));
  writeFileSync(join(folder, 'docker'), RECORDER);
  chmodSync(join(folder, 'docker'), 0o755);
});
afterAll(() => rmSync(folder, { recursive: true }));

const argument = fc.constantFrom(
  '',
  "-e 'a b'",
  "-e it\\'s",
  '--label "#x"',
  '-e "a\\"b"',
  '-e "`true`"',
  '-e "$(true "a)" \')\')"',
  '-e "$((1 << 2))"',
  '\\\n ',
  '2>/dev/null',
  "-e ''",
);
const behind = fc.constantFrom('', ' sh -c "docker run no"', ' # docker run no', ' | cat', ' && :', " </dev/null '#'");
const text = fc.constantFrom("it's", 'docker run no', '"', ')', '$(docker run no', '`', ' EOF', 'EOF ');

/** Scripts in which every `docker run` is reached, and much that only looks like one. */
const { script } = fc.letrec<{ script: string; command: string }>((tie) => ({
  script: fc.array(tie('command'), { minLength: 1, maxLength: 3 }).map((commands) => commands.join('\n')),
  command: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.tuple(argument, behind).map(([flags, rest]) => `docker run ${flags} img${rest}`),
    text.map((line) => `cat <<'EOF' >/dev/null\n${line}\nEOF`),
    text.map((line) => `: ; cat <<-"E F" <<EOF >/dev/null\n${line}\n\tE F\nx\nEOF`),
    fc.constantFrom(
      ": # it's docker run no",
      ': "docker run no" \\"',
      "echo 'docker run no' >/dev/null",
      'x=$((1 << 2))',
    ),
    tie('script').map((inner) => `x=$(${inner}\n)`),
    tie('script').map((inner) => `: "$( (${inner}\n) )" b`),
    tie('script').map((inner) => `{ ${inner}\n}`),
    tie('script').map((inner) => `if true; then ${inner}\nfi`),
    tie('script').map((inner) => `sh <<'INNER'\n${inner.replaceAll('INNER', 'INNERMORE')}\nINNER`),
    fc.constant("sh -c 'true; docker run img'"),
  ),
}));

test('the commands that are read from a script are those that a real shell runs', () => {
  fc.assert(
    fc.property(script, (content) => {
      const found = importContainers('docker-run', { files: [{ name: 'file', content }] });
      expect(found).toHaveLength(callsOf(content));
    }),
    { numRuns: 40 },
  );
});

/** How many containers `sh` starts for a script. */
function callsOf(content: string): number {
  const record = join(folder, 'record');
  writeFileSync(record, '');
  const env = { PATH: `${folder}:/usr/bin:/bin`, RECORD: record };
  const { stderr } = spawnSync('sh', ['-s'], { input: `${content}\n`, encoding: 'utf8', env, timeout: 5_000 });
  expect(stderr).toBe('');
  return readFileSync(record, 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('run\t')).length;
}
