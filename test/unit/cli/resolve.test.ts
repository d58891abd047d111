import { Readable, Writable } from 'node:stream';
import { describe, expect, test } from '@jest/globals';
import { Command } from 'commander';
import { registerResolve } from '../../../src/cli/resolve.ts';
import { resolveLine } from '../../../src/cli/resolve-answer.ts';
import { renderComparison } from '../../../src/cli/resolve-comparison.ts';
import { COLOURED, PLAIN } from '../../../src/cli/resolve-layout.ts';
import { resolveLines } from '../../../src/cli/resolve-ndjson.ts';
import { renderRefusal, renderText } from '../../../src/cli/resolve-text.ts';
import { resolve, resolveOrThrow } from '../../../src/engine/resolve.ts';
import type { Spec } from '../../../src/engine/spec.ts';

const SPEC: Spec = { runtime: 'docker', add: [], drop: [], privileged: false, noNewPrivileges: false };

describe('one line of specs', () => {
  test('is answered with names by number, risk and warnings', () => {
    const line = '{"add":["sys_time","CHOWN"],"drop":["ALL"],"user":"1000","note":"kept out of it"}';
    expect(JSON.parse(resolveLine(line))).toEqual({
      bounding: ['CAP_CHOWN', 'CAP_SYS_TIME'],
      permitted: [],
      effective: [],
      inheritable: [],
      ambient: [],
      risk: { score: 54.2, tier: 'high', model: 'caprisk-1.0.0' },
      warnings: [expect.objectContaining({ code: 'INERT_FOR_USER', capabilities: ['CAP_CHOWN', 'CAP_SYS_TIME'] })],
    });
  });

  test.each(['{}', '{"runtime":"docker","add":null,"drop":null,"user":null,"privileged":null}'])(
    '%s is the default set of Docker',
    (line) => expect(JSON.parse(resolveLine(line)).bounding).toHaveLength(14),
  );

  test.each([
    ['containerd-cri', 'containerd'],
    ['containerd-cri-crun', 'containerd-crun'],
    ['nomad-docker', 'nomad'],
  ])('%s is a longer name of %s', (long, runtime) => {
    const line = (id: string) => resolveLine(JSON.stringify({ runtime: id, add: ['cap_chown', 'ALL', 'KILL'] }));
    expect(line(long)).toBe(line(runtime));
  });

  test('a refusal is the answer to it', () => {
    expect(resolveLine('{"add":["net_admin","a/b\\u0000"]}')).toBe(
      String.raw`{"error":{"code":"UNKNOWN_CAPABILITY","message":"invalid CapAdd: unknown capability: \"CAP_A/B\\x00\""}}`,
    );
  });

  test.each([
    ['', 'line: this is not JSON'],
    ['{"add":[', 'line: this is not JSON'],
    ['[]', 'line: a spec is a JSON object'],
    ['null', 'line: a spec is a JSON object'],
    ['{"runtime":"rkt"}', /^spec\.runtime: the runtime is one of docker/],
    ['{"runtime":1}', /^spec\.runtime: /],
    ['{"add":"ALL"}', 'spec.add: a list of strings is expected'],
    ['{"drop":[1]}', 'spec.drop: a list of strings is expected'],
    ['{"privileged":"false"}', 'spec.privileged: true or false is expected'],
    ['{"noNewPrivileges":0}', 'spec.noNewPrivileges: true or false is expected'],
    ['{"user":0}', 'spec.user: a string is expected, such as "1000:1000"'],
  ])('%s is INVALID_INPUT', (line, message) => {
    const { error } = JSON.parse(resolveLine(line));
    expect(error.code).toBe('INVALID_INPUT');
    expect(error.message).toMatch(message);
  });
});

test.each(['docker', 'docker-service', 'containerd-crun', 'nerdctl', 'nomad', 'nomad-exec'])(
  'a line of a megabyte for %s is answered in linear time',
  (runtime) => {
    const odd = Array.from({ length: 60_000 }, (_, index) => `x${index}`);
    const known = Array.from({ length: 60_000 }, () => 'KILL');
    const before = process.cpuUsage();
    resolveLine(JSON.stringify({ runtime, add: [...odd, ...known], drop: [...odd, 'CHOWN'] }));
    const { user, system } = process.cpuUsage(before);
    // Processor time, which other work on the machine leaves alone; what grows with the square takes several times this.
    expect((user + system) / 1_000).toBeLessThan(12_000);
  },
);

describe('a stream of lines', () => {
  test('is answered line by line, whatever the pieces it comes in', async () => {
    const text = '{"drop":["ALL"]}\n\nnot json\n{"add":["ſys_time"],"drop":["ALL"]}';
    const bytes = Buffer.from(text);
    const whole = await answersTo([bytes]);
    expect(whole.map((answer) => answer.bounding ?? answer.error?.code)).toEqual([
      [],
      'INVALID_INPUT',
      'INVALID_INPUT',
      ['CAP_SYS_TIME'],
    ]);
    expect(await answersTo(Array.from(bytes, (byte) => Buffer.from([byte])))).toEqual(whole);
  });

  test('a line longer than 1 MiB is one error, and reading goes on behind it', async () => {
    const piece = Buffer.from('x'.repeat(400_000));
    const answers = await answersTo([piece, piece, piece, piece, Buffer.from('\n{}\n'), piece]);
    expect(answers.map((answer) => answer.error?.message ?? 'answered')).toEqual([
      'line: longer than 1 MiB',
      'answered',
      'line: this is not JSON',
    ]);
  });

  test('waits for a slow reader', async () => {
    let inHand = 0;
    let most = 0;
    const slow = new Writable({
      highWaterMark: 1024,
      write(_chunk, _encoding, done) {
        inHand--;
        setImmediate(done);
      },
    });
    async function* lines() {
      for (let index = 0; index < 200; index++) {
        most = Math.max(most, ++inHand);
        yield Buffer.from('{}\n'.repeat(10));
      }
    }
    await resolveLines(Readable.from(lines()), slow);
    expect(most).toBeLessThan(60);
  });

  test('ends when its reader goes away', async () => {
    const gone = new Writable({
      write: (_chunk, _encoding, done) => done(Object.assign(new Error('write EPIPE'), { code: 'EPIPE' })),
    });
    await expect(resolveLines(Readable.from([Buffer.from('{}\n')]), gone)).resolves.toBeUndefined();
  });
});

describe('text for a person', () => {
  const resolution = resolveOrThrow({ ...SPEC, add: ['NET_ADMIN'], drop: ['MKNOD'], user: '1000\u001b[31m' });

  test('has what, why, risk, less and warnings, and no colours', () => {
    const text = renderText(resolution, PLAIN);
    expect(text.match(/^\S.*$/gm)?.map((line) => line.replace(/ \d.*/, ''))).toEqual([
      'docker: add NET_ADMIN, drop MKNOD, user "1000\\x1b[31m"',
      'What the container gets',
      'What it can do',
      'Why',
      'Risk',
      'To ask for less',
      'Mind',
    ]);
    expect(text).not.toContain('\u001b');
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100);
    expect(text.match(/\b[A-Z_]{4,}\b/g)).toEqual(expect.arrayContaining(['CHOWN', 'CHECKPOINT_RESTORE']));
  });

  test('has colours where they are wanted', () => {
    expect(renderText(resolution, COLOURED)).toContain('\u001b[1mWhy\u001b[0m');
  });

  test('a refusal says who refuses, where and why', () => {
    const spec = { ...SPEC, add: ['FOO'] };
    const outcome = resolve(spec);
    expect(outcome.ok ? '' : renderRefusal(spec, outcome.refusal, PLAIN)).toBe(
      'docker refuses this (--cap-add FOO): invalid CapAdd: unknown capability: "CAP_FOO"\n',
    );
  });
});

test.each([
  [['--runtime', 'rkt'], /Allowed choices/],
  [['--format', 'xml'], /Allowed choices/],
  [['--ndjson', '--user', '1'], /cannot be used with/],
  [['--nonsense'], /unknown option/],
])('%j is wrong usage', async (flags, message) => {
  const program = new Command().exitOverride().configureOutput({ writeErr: () => undefined });
  registerResolve(program);
  for (const command of program.commands) command.exitOverride().configureOutput({ writeErr: () => undefined });
  await expect(program.parseAsync(['resolve', ...flags], { from: 'user' })).rejects.toThrow(message);
});

interface Answer {
  readonly bounding?: readonly string[];
  readonly error?: { readonly code: string; readonly message: string };
}

async function answersTo(pieces: readonly Buffer[]): Promise<readonly Answer[]> {
  let text = '';
  const output = new Writable({
    write(chunk: Buffer, _encoding, done) {
      text += chunk.toString();
      done();
    },
  });
  await resolveLines(Readable.from(pieces), output);
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
}

test('a comparison names every other runtime and why it differs', () => {
  const text = renderComparison({ ...SPEC, add: ['KILL'], drop: ['ALL', 'KILL'], user: '1000' }, PLAIN);
  expect(text.split('\n')).toEqual([
    'The same words elsewhere, beside docker',
    '  docker-18.09     differs. In the inheritable set: KILL',
    '  docker-service   the same',
    '  podman           differs. In effect from the start: KILL',
    '  containerd       differs. Not given (Added by name, but dropped by name as well, and on containerd',
    '                   the drop list has the last word): KILL',
    '  containerd-crun  differs. Not given (Added by name, but dropped by name as well, and on containerd',
    '                   with crun the drop list has the last word): KILL',
    '  crio             differs. Not given (Added by name, but dropped by name as well, and on CRI-O the',
    '                   drop list has the last word): KILL',
    '  nerdctl          the same',
    '  nomad            the same',
    '  nomad-exec       differs. In effect from the start: KILL',
    '  ecs              the same',
    '  fargate          refuses: a task on Fargate cannot add KILL: SYS_PTRACE is all that it may add',
  ]);
});
