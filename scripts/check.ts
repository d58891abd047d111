// Everything that can be said about the project without running it: `npm run check`. One line a step, and the output
// of a tool only where it has something against us.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Lockfile, lockfileProblems } from './lockfile.ts';

const PROJECT = join(import.meta.dirname, '..');
const inProject = (...parts: readonly string[]): string => join(PROJECT, ...parts);
const inModules = (...parts: readonly string[]): string => inProject('node_modules', ...parts);

/** What the compiler has found out, so that the next check looks at what has changed only. */
const TYPES_KEPT = inModules('.cache', 'check.tsbuildinfo');

interface Step {
  readonly name: string;
  /** What is wrong; empty when nothing is. */
  readonly run: () => Promise<string>;
}

/** The longest first, so that two at a time end together. */
const STEPS: readonly Step[] = [
  { name: 'lint', run: () => tool('oxlint/bin/oxlint', '--type-aware', '--deny-warnings') },
  {
    name: 'room boundaries',
    run: () => tool('dependency-cruiser/bin/dependency-cruiser.mjs', '--config', '.dependency-cruiser.cjs', 'src'),
  },
  { name: 'unused code', run: () => tool('knip/bin/knip.js', '--no-progress', '--no-config-hints') },
  {
    name: 'types',
    run: () => tool('typescript/bin/tsc', '-p', 'tsconfig.json', '--incremental', '--tsBuildInfoFile', TYPES_KEPT),
  },
  { name: 'types of the page', run: () => tool('typescript/bin/tsc', '-p', 'tsconfig.web.json') },
  { name: 'schema.graphql is current', run: schemaIsCurrent },
  { name: 'format and import order', run: () => tool('@biomejs/biome/bin/biome', 'check') },
  { name: 'lockfile', run: lockfiles },
];

const AT_ONCE = 2;
const MOST_LINES = 100;

/** Runs a tool of node_modules; what it says is of interest only if it fails. */
function tool(script: string, ...args: readonly string[]): Promise<string> {
  return node(inModules(script), ...args);
}

function node(...args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const env = { ...process.env, NO_COLOR: '1' };
    const child = spawn(process.execPath, args, { cwd: PROJECT, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text;
      });
    }
    child.once('error', reject);
    child.once('close', (code, signal) => resolve(code === 0 ? '' : output || `ended with ${signal ?? code}`));
  });
}

/** The committed picture of the API, and the types that the page takes from it, against what the code gives. */
async function schemaIsCurrent(): Promise<string> {
  return (
    (await staysAsItIs('schema.graphql', inProject('src', 'graphql', 'print-schema.ts'))) ||
    (await staysAsItIs('src/web/api/operations.gen.ts', inProject('scripts', 'web-operations.ts')))
  );
}

/** Whether what is committed is what its writer writes. */
async function staysAsItIs(path: string, writer: string): Promise<string> {
  const read = (): string => (existsSync(inProject(path)) ? readFileSync(inProject(path), 'utf8') : '');
  const committed = read();
  const failure = await node(writer);
  if (failure !== '') return failure;
  return read() === committed ? '' : `${path} was not current and has been written anew: look at it and commit it`;
}

async function lockfiles(): Promise<string> {
  const problems = ['package-lock.json', 'tools/node/package-lock.json'].flatMap((path) => {
    const lock = JSON.parse(readFileSync(inProject(path), 'utf8')) as Lockfile;
    return lockfileProblems(lock).map((problem) => `${path}: ${problem}`);
  });
  return problems.join('\n');
}

/** As much of it as a person reads; running the tool by itself shows the rest. */
function clipped(text: string): string {
  const lines = text.split('\n');
  return lines.length <= MOST_LINES
    ? text
    : [...lines.slice(0, MOST_LINES), `… and ${lines.length - MOST_LINES} lines more`].join('\n');
}

const seconds = (since: number): string => `${((performance.now() - since) / 1000).toFixed(1)} s`;

async function check(step: Step): Promise<boolean> {
  const start = performance.now();
  const problem = (await step.run()).trim();
  console.log(`${problem === '' ? 'ok  ' : 'FAIL'}  ${step.name.padEnd(26)} ${seconds(start)}`);
  if (problem !== '') console.log(clipped(problem).replaceAll(/^/gm, '      '));
  return problem === '';
}

const begin = performance.now();
const waiting = [...STEPS];
const results: boolean[] = [];
await Promise.all(
  Array.from({ length: AT_ONCE }, async () => {
    for (let step = waiting.shift(); step !== undefined; step = waiting.shift()) results.push(await check(step));
  }),
);
const failed = results.filter((ok) => !ok).length;
console.log(`${failed === 0 ? 'all is well' : `${failed} of ${results.length} failed`}, ${seconds(begin)}`);
process.exitCode = failed === 0 ? 0 : 1;
