// Runs npm so that an install is either whole or absent: it works in a directory of its own, which then takes the place
// of node_modules in one rename. Whoever is killed half-way, or runs at the same time, cannot leave a mixture behind.
import { spawn } from 'node:child_process';
import {
  accessSync,
  constants,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { BootstrapError, NODE_HOME, ROOT } from './project.mjs';

const STAGING = '.installing-';

/**
 * Installs exactly what a directory's package-lock.json says and replaces its node_modules by that.
 * @param {{ node: string, directory: string, stamp: string, finish?: (staged: string) => unknown }} install
 *   `node` runs npm; `stamp` is written to node_modules/.capward-installed; `finish` may complete the staged directory,
 *   and nothing is replaced if it throws
 */
export async function installPackages({ node, directory, stamp, finish }) {
  for (const left of readdirSync(NODE_HOME)) if (left.startsWith(STAGING)) remove(join(NODE_HOME, left));
  const staged = mkdtempSync(join(NODE_HOME, STAGING));
  const cleanUp = () => remove(staged);
  process.once('exit', cleanUp);
  try {
    for (const file of ['package.json', 'package-lock.json', '.npmrc']) {
      if (existsSync(join(directory, file))) copyFileSync(join(directory, file), join(staged, file));
    }
    await npmCi(node, staged);
    await finish?.(staged);
    mkdirSync(join(staged, 'node_modules'), { recursive: true });
    writeFileSync(join(staged, 'node_modules', '.capward-installed'), stamp);
    swap(staged, directory);
  } finally {
    process.off('exit', cleanUp);
    cleanUp();
  }
}

function npmCi(node, staged) {
  const [command, ...first] = npmCommand(node);
  // Everything the lock names is wanted, whatever NODE_ENV or the person's npm settings leave out. Scripts of packages
  // do not run: the two that matter (links of PostgreSQL's libraries, the Prisma client) are done by the bootstrap.
  const wanted = ['--ignore-scripts', '--include=dev', '--include=optional'];
  const quiet = ['--no-audit', '--no-fund', '--no-progress', '--loglevel=error'];
  const env = { ...process.env, PATH: `${dirname(node)}${delimiter}${process.env.PATH ?? ''}`, ...usableCache() };
  // --prefix instead of a working directory, so that relative paths in NODE_OPTIONS keep their meaning.
  return run('npm ci', command, [...first, 'ci', '--prefix', staged, ...wanted, ...quiet], { cwd: ROOT, env });
}

/** The npm that the person used, run by the Node that was chosen; else the one on PATH. */
function npmCommand(node) {
  const used = process.env.npm_execpath;
  if (used?.endsWith('npm-cli.js')) return [node, used];
  if (process.platform === 'win32')
    return [node, join(dirname(process.execPath), 'node_modules', 'npm', 'bin', 'npm-cli.js')];
  return ['npm'];
}

/** npm needs a place for its cache; an account without a home of its own gets one in the checkout. */
function usableCache() {
  try {
    accessSync(homedir() || '-', constants.W_OK);
    return {};
  } catch {
    return { npm_config_cache: process.env.npm_config_cache ?? join(NODE_HOME, '.npm') };
  }
}

/**
 * Runs a program without letting it speak, unless it fails.
 * @param {string} name what to call it when it fails
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions} options
 * @returns {Promise<void>}
 */
export function run(name, command, args, options) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    const stop = () => child.kill();
    process.once('exit', stop);
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text) => (output += text));
    child.once('error', (error) => {
      process.off('exit', stop);
      const why = error.code === 'ENOENT' ? `${command} is not on PATH` : error.message;
      reject(new BootstrapError(`${name} cannot run: ${why}`));
    });
    child.once('close', (code, signal) => {
      process.off('exit', stop);
      if (code === 0) return resolve();
      reject(new BootstrapError(`${name} failed (${signal ?? `exit ${code}`}):\n${excerpt(output)}`));
    });
  });
}

/** The beginning of an output, where npm names the cause, and its end, where others do. */
function excerpt(output) {
  const lines = output.trim().split('\n');
  return lines.length <= 30 ? lines.join('\n') : [...lines.slice(0, 15), '…', ...lines.slice(-10)].join('\n');
}

/** Puts the staged node_modules in place. The old one goes into the staging directory, which is removed afterwards. */
function swap(staged, directory) {
  const target = join(directory, 'node_modules');
  for (let attempt = 0; ; attempt += 1) {
    try {
      if (existsSync(target)) renameSync(target, join(staged, `old-${attempt}`));
      return renameSync(join(staged, 'node_modules'), target);
    } catch (error) {
      if (attempt < 3 && ['ENOTEMPTY', 'EEXIST', 'ENOENT'].includes(error.code)) continue;
      throw new BootstrapError(
        `cannot replace ${target} (${error.code}); where it is a mount, run npm ci in it by hand`,
      );
    }
  }
}

function remove(path) {
  rmSync(path, { recursive: true, force: true, maxRetries: 3 });
}
