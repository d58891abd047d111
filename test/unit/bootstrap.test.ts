import { type SpawnOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';

// Each test starts several processes, which on a busy machine takes its time (milliseconds).
jest.setTimeout(120_000);

/**
 * Stands in for npm: makes a node_modules with one package where it is told to, and whatever STUB_NODE names as a Node
 * that is a link to ours. STUB_SLEEP and STUB_FAIL make it slow and make it fail.
 */
const NPM_STUB = `#!/bin/sh
echo "$*" >> "$STUB_LOG"
while [ "$1" != --prefix ]; do shift; done
modules=$2/node_modules
mkdir -p "$modules/half"
sleep "\${STUB_SLEEP:-0}"
if [ -n "$STUB_FAIL" ]; then echo "npm error code E404"; exit 1; fi
mkdir "$modules/whole"
if [ -n "$STUB_NODE" ]; then mkdir -p "$modules/$STUB_NODE/bin"; ln -s "$STUB_EXEC" "$modules/$STUB_NODE/bin/node"; fi
`;

/** Makes the Node that runs the bootstrap say that it is another one. */
const pretend = (version: string, platform = process.platform): string =>
  `--import=data:text/javascript,${encodeURIComponent(
    `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '${version}' } });` +
      `Object.defineProperty(process, 'platform', { value: '${platform}' });`,
  )}`;

const SCRIPT = `
const script = { version: process.version, args: process.argv.slice(2), cwd: process.cwd() };
console.log(JSON.stringify(script));
process.exitCode = Number(process.env.EXIT_WITH ?? 0);
`;

let project: string;
let stubs: string;

beforeEach(() => {
  const scratch = mkdtempSync(join(tmpdir(), 'capward boot '));
  project = join(scratch, 'project');
  stubs = join(scratch, 'stubs');
  mkdirSync(stubs);
  writeFileSync(join(stubs, 'npm'), NPM_STUB);
  chmodSync(join(stubs, 'npm'), 0o755);
  for (const path of ['scripts', 'tools/node/package.json', 'tools/node/package-lock.json']) {
    cpSync(join(import.meta.dirname, '../..', path), join(project, path), { recursive: true });
  }
  writeFileSync(join(project, 'package.json'), '{"name":"project"}');
  writeFileSync(join(project, 'package-lock.json'), '{"packages":{}}');
  writeFileSync(join(project, 'script.mjs'), SCRIPT);
});

afterEach(() => rmSync(dirname(project), { recursive: true, force: true }));

interface Outcome {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

function start(args: readonly string[], env: NodeJS.ProcessEnv = {}, options: SpawnOptions = {}) {
  const { npm_execpath: _, NODE_OPTIONS: __, ...inherited } = process.env;
  const child = spawn(process.execPath, [join(project, 'scripts/with-node.mjs'), ...args], {
    ...options,
    env: {
      ...inherited,
      PATH: [stubs, dirname(process.execPath), '/usr/bin', '/bin'].join(delimiter),
      STUB_LOG: join(stubs, 'log'),
      STUB_EXEC: process.execPath,
      ...env,
    },
    stdio: 'pipe',
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const ended = once(child, 'close').then(
    ([code, signal]): Outcome => ({
      code: code as number | null,
      signal: signal as NodeJS.Signals | null,
      stdout,
      stderr,
    }),
  );
  return { child, ended, said: () => stderr };
}

const runIt = (...args: Parameters<typeof start>): Promise<Outcome> => start(...args).ended;

const installs = (): number =>
  existsSync(join(stubs, 'log')) ? readFileSync(join(stubs, 'log'), 'utf8').trim().split('\n').length : 0;

async function until(condition: () => boolean): Promise<void> {
  for (let waited = 0; !condition(); waited += 1) {
    if (waited > 500) throw new Error('waited in vain');
    await sleep(20);
  }
}

describe('when everything is in place', () => {
  beforeEach(async () => {
    await runIt(['script.mjs']);
  });

  test('says nothing and becomes the script: arguments, directory, exit code', async () => {
    const outcome = await runIt(['script.mjs', 'a  b', '--c'], { EXIT_WITH: '42' }, { cwd: tmpdir() });
    expect(outcome).toMatchObject({ code: 42, stderr: '' });
    expect(JSON.parse(outcome.stdout)).toEqual({ version: process.version, args: ['a  b', '--c'], cwd: tmpdir() });
    expect(installs()).toBe(1);
  });

  test.each([
    ['in place of itself', {}],
    ['as a child', { NODE_OPTIONS: '--import=data:text/javascript,delete%20process.execve' }],
  ])('passes standard input and signals on to a script that it runs %s', async (_, env) => {
    writeFileSync(
      join(project, 'script.mjs'),
      `process.stdin.on('data', (text) => process.stdout.write('read ' + text));
       process.on('SIGTERM', () => { process.stdout.write('terminated'); process.exit(7); });`,
    );
    const { child, ended } = start(['script.mjs'], env);
    child.stdin.write('this\n');
    await once(child.stdout, 'data');
    child.kill('SIGTERM');
    expect(await ended).toMatchObject({ code: 7, stdout: 'read this\nterminated' });
  });

  test('ends by the signal that ended the script', async () => {
    writeFileSync(join(project, 'script.mjs'), `process.kill(process.pid, 'SIGKILL')`);
    const env = { NODE_OPTIONS: '--import=data:text/javascript,delete%20process.execve' };
    expect(await runIt(['script.mjs'], env)).toMatchObject({ code: null, signal: 'SIGKILL' });
  });

  test('makes `node` mean the same Node for what the script starts', async () => {
    mkdirSync(join(stubs, 'older'));
    writeFileSync(join(stubs, 'older/node'), '#!/bin/sh\necho v0\n');
    chmodSync(join(stubs, 'older/node'), 0o755);
    writeFileSync(
      join(project, 'script.mjs'),
      `import { execSync } from 'node:child_process'; console.log(String(execSync('node --version')).trim());`,
    );
    const PATH = [join(stubs, 'older'), '/usr/bin', '/bin'].join(delimiter);
    expect(await runIt(['script.mjs'], { PATH })).toMatchObject({ stdout: `${process.version}\n` });
  });

  test('installs again once the lock has changed', async () => {
    writeFileSync(join(project, 'package-lock.json'), '{"packages":{ }}');
    writeFileSync(join(project, 'node_modules', 'old'), '');
    expect(await runIt(['script.mjs'])).toMatchObject({ code: 0, stderr: expect.stringContaining('installing') });
    expect(existsSync(join(project, 'node_modules', 'old'))).toBe(false);
    expect(installs()).toBe(2);
  });

  test('needs no right to write', async () => {
    chmodSync(join(project, 'tools/node'), 0o555);
    expect(await runIt(['script.mjs'])).toMatchObject({ code: 0, stderr: '' });
    chmodSync(join(project, 'tools/node'), 0o755);
  });
});

describe('an install', () => {
  test('is announced in one line, runs no scripts of packages, and leaves nothing else behind', async () => {
    const outcome = await runIt(['script.mjs'], { NODE_ENV: 'production' });
    expect(outcome).toMatchObject({ code: 0, stderr: expect.stringMatching(/^capward: installing dependencies.*\n$/) });
    expect(readFileSync(join(stubs, 'log'), 'utf8')).toMatch(/^ci .*--ignore-scripts --include=dev --include=optional/);
    expect(readdirSync(join(project, 'tools/node')).sort()).toEqual(['package-lock.json', 'package.json']);
  });

  test('that fails shows why, changes nothing, and is tried again', async () => {
    mkdirSync(join(project, 'node_modules/mine'), { recursive: true });
    const outcome = await runIt(['script.mjs'], { STUB_FAIL: '1' });
    expect(outcome).toMatchObject({ code: 3, stdout: '', stderr: expect.stringContaining('npm error code E404') });
    expect(readdirSync(join(project, 'node_modules'))).toEqual(['mine']);
    expect(readdirSync(join(project, 'tools/node')).sort()).toEqual(['package-lock.json', 'package.json']);
    expect(await runIt(['script.mjs'])).toMatchObject({ code: 0 });
  });

  test('by one is waited for by another, who then finds everything in place', async () => {
    const env = { STUB_SLEEP: '1' };
    const outcomes = await Promise.all([runIt(['script.mjs'], env), runIt(['script.mjs'], env)]);
    expect(outcomes.map(({ code }) => code)).toEqual([0, 0]);
    expect(installs()).toBe(1);
    const said = outcomes.map(({ stderr }) => stderr).sort();
    expect(said).toEqual([
      expect.stringContaining('installing dependencies'),
      expect.stringMatching(/^capward: waiting for process \d+/),
    ]);
  });

  test('that was killed is redone, even while its npm goes on', async () => {
    const first = start(['script.mjs'], { STUB_SLEEP: '1' });
    await until(() => installs() === 1);
    first.child.kill('SIGKILL');
    const second = await runIt(['script.mjs']);
    expect(second).toMatchObject({ code: 0 });
    await first.ended;
    // A slow machine may have begun to keep compiled sources as well.
    const installed = readdirSync(join(project, 'node_modules')).filter((name) => name !== '.cache');
    expect(installed.sort()).toEqual(['.capward-installed', 'half', 'whole']);
    expect(existsSync(join(project, 'tools/node/.lock'))).toBe(false);
  });

  test('ends with Ctrl-C, npm included, and without a trace', async () => {
    const { child, ended } = start(['script.mjs'], { STUB_SLEEP: '5' });
    await until(() => installs() === 1);
    child.kill('SIGINT');
    expect(await ended).toMatchObject({ code: 130 });
    expect(existsSync(join(project, 'node_modules'))).toBe(false);
    expect(existsSync(join(project, 'tools/node/.lock'))).toBe(false);
  });

  test('that somebody made by hand is taken over if it is complete', async () => {
    const dep = { version: '1.0.0', integrity: 'sha512-x' };
    const foreign = { version: '1.0.0', optional: true, os: ['aix'] };
    const lock = { packages: { '': {}, 'node_modules/dep': dep, 'node_modules/foreign': foreign } };
    writeFileSync(join(project, 'package-lock.json'), JSON.stringify(lock));
    const record = join(project, 'node_modules/.package-lock.json');
    mkdirSync(dirname(record));
    writeFileSync(record, JSON.stringify({ packages: { 'node_modules/dep': dep } }));
    expect(await runIt(['script.mjs'])).toMatchObject({ code: 0, stderr: '' });
    expect(installs()).toBe(0);

    rmSync(join(project, 'node_modules/.capward-installed'));
    writeFileSync(record, JSON.stringify({ packages: { 'node_modules/dep': { ...dep, version: '0.9.0' } } }));
    expect(await runIt(['script.mjs'])).toMatchObject({ code: 0 });
    expect(installs()).toBe(1);
  });

  test('without an npm says so', async () => {
    rmSync(join(stubs, 'npm'));
    expect(await runIt(['script.mjs'], { PATH: stubs })).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('npm is not on PATH'),
    });
  });
});

describe('the Node', () => {
  const ours = `node-${process.platform}-${process.arch}`;

  test('that is too old is replaced by the project’s own, once', async () => {
    const env = { NODE_OPTIONS: pretend('20.20.2'), STUB_NODE: ours };
    const first = await runIt(['script.mjs'], env);
    expect(first).toMatchObject({ code: 0, stderr: expect.stringContaining('fetching Node 24.21.0 into tools/node') });
    expect(existsSync(join(project, 'tools/node/node_modules', ours))).toBe(true);
    expect(await runIt(['script.mjs'], env)).toMatchObject({ code: 0, stderr: '' });
  });

  test.each(['24.15.0', '24.21.0', '26.0.0'])('%s is used as it is', async (version) => {
    await runIt(['script.mjs'], { NODE_OPTIONS: pretend(version) });
    expect(existsSync(join(project, 'tools/node/node_modules'))).toBe(false);
  });

  test.each(['18.0.0', '22.22.0', '24.14.9'])('%s is not', async (version) => {
    await runIt(['script.mjs'], { NODE_OPTIONS: pretend(version), STUB_NODE: ours });
    expect(existsSync(join(project, 'tools/node/node_modules'))).toBe(true);
  });

  test('that cannot be had for a platform is named in one line', async () => {
    const outcome = await runIt(['script.mjs'], { NODE_OPTIONS: pretend('20.20.2', 'freebsd') });
    expect(outcome).toMatchObject({ code: 3, stdout: '' });
    expect(outcome.stderr).toMatch(/^capward: .*none to fetch for freebsd-.*install Node 24\.21\.0.*\n$/);
  });

  test('that could not be fetched is not taken for installed', async () => {
    const outcome = await runIt(['script.mjs'], { NODE_OPTIONS: pretend('20.20.2') });
    expect(outcome).toMatchObject({ code: 3, stderr: expect.stringContaining('could not be fetched') });
    expect(existsSync(join(project, 'tools/node/node_modules'))).toBe(false);
  });
});

describe('the Prisma client', () => {
  const generated = (): string => readFileSync(join(project, 'src/storage/generated/client.ts'), 'utf8');

  beforeEach(async () => {
    await runIt(['script.mjs']);
    mkdirSync(join(project, 'node_modules/prisma/build'), { recursive: true });
    writeFileSync(
      join(project, 'node_modules/prisma/build/index.js'),
      `const fs = require('node:fs');
       if (!fs.existsSync(process.env.PRISMA_SCHEMA_ENGINE_BINARY)) throw new Error('would download');
       fs.mkdirSync('src/storage/generated', { recursive: true });
       fs.appendFileSync('src/storage/generated/client.ts', 'generated;');`,
    );
    writeFileSync(join(project, 'node_modules/prisma/package.json'), '{"type":"commonjs"}');
    mkdirSync(join(project, 'prisma'));
    writeFileSync(join(project, 'prisma/schema.prisma'), 'model A {}');
  });

  test('is generated when it is missing and when the schema has changed, and only then', async () => {
    expect(await runIt(['script.mjs'])).toMatchObject({ stderr: 'capward: generating the Prisma client…\n' });
    expect(await runIt(['script.mjs'])).toMatchObject({ stderr: '' });
    expect(generated()).toBe('generated;');
    writeFileSync(join(project, 'prisma/schema.prisma'), 'model B {}');
    expect(await runIt(['script.mjs'])).toMatchObject({ stderr: 'capward: generating the Prisma client…\n' });
    expect(generated()).toBe('generated;generated;');
  });
});

test('a target that it does not know is wrong usage', async () => {
  expect(await runIt(['nothing'])).toMatchObject({ code: 3, stderr: expect.stringContaining('usage: ') });
  expect(installs()).toBe(0);
});
