// Sees to it that dist/web holds the page of the current sources. It is built where a command that serves it finds it
// missing or older than what it is made from, so that a fresh checkout needs no step of its own.
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { BootstrapError, digest, inProject, ROOT, readIfThere, say } from './project.mjs';

const INDEX = inProject('dist', 'web', 'index.html');
const STAMP = inProject('dist', 'web', '.stamp');

/** The rooms that the page is made of, and what says how. */
const ROOMS = ['web', 'engine', 'formats', 'policy', 'kernel'];
const SETTINGS = ['vite.config.ts', 'tsconfig.json', 'tsconfig.web.json', 'package-lock.json'];

/**
 * Builds the page unless it is there. The service works without it, so a failure is told and is not the end. An older
 * page does not stand in for it: it would be taken for what the sources say.
 * @param {string} node the Node that runs the build
 */
export async function ensureWebPage(node) {
  try {
    await buildWebPage(node);
  } catch (error) {
    if (!(error instanceof BootstrapError)) throw error;
    rmSync(dirname(INDEX), { recursive: true, force: true });
    say(`${error.message}\ncapward: going on without the page`);
  }
}

/**
 * The same, for those who cannot do without it.
 * @param {string} node the Node that runs the build
 */
export async function buildWebPage(node) {
  const wanted = stampOfSources();
  if (readIfThere(STAMP) === wanted) return;
  const [{ exclusively }, { run }] = await Promise.all([import('./exclusively.mjs'), import('./npm.mjs')]);
  await exclusively(async () => {
    if (readIfThere(STAMP) === wanted) return;
    say('building the web page…');
    const vite = inProject('node_modules', 'vite', 'bin', 'vite.js');
    // Vite asks the environment whether it builds for production; what the service is run for does not matter to it.
    await run('vite build', node, [vite, 'build'], { cwd: ROOT, env: { ...process.env, NODE_ENV: 'production' } });
    if (!existsSync(INDEX)) throw new BootstrapError(`vite build did not write ${INDEX}`);
    writeFileSync(STAMP, wanted);
  });
}

function stampOfSources() {
  const sources = ROOMS.flatMap((room) => filesOf(inProject('src', room)));
  const files = [...sources, ...SETTINGS.map((name) => inProject(name))];
  return digest(...files.flatMap((file) => [file.slice(ROOT.length), readFileSync(file, 'utf8')]));
}

/**
 * Every file in a directory and in those within, always in the same order.
 * @param {string} directory
 * @returns {string[]}
 */
function filesOf(directory) {
  const entries = readdirSync(directory, { withFileTypes: true });
  return entries
    .map((entry) => ({ path: join(directory, entry.name), isDirectory: entry.isDirectory() }))
    .sort((one, other) => (one.path < other.path ? -1 : 1))
    .flatMap(({ path, isDirectory }) => (isDirectory ? filesOf(path) : [path]));
}
