// Brings the project's own Node in, from the npm package for this platform. Loaded only when it is missing.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { exclusively } from './exclusively.mjs';
import { nodePackage, ownNode } from './node-runtime.mjs';
import { installPackages } from './npm.mjs';
import { BootstrapError, NODE_HOME, readIfThere, say } from './project.mjs';

/**
 * @param {string} stampFile where a finished install is marked
 * @param {string} stamp what to write there
 */
export async function installNode(stampFile, stamp) {
  const version = pinnedVersion();
  const here = `${process.platform}-${process.arch}`;
  if (version === undefined) throw unavailable(`there is none to fetch for ${here}`);
  if (process.platform === 'linux' && !hasGlibc()) throw unavailable(`the one to fetch for ${here} needs glibc`);

  await exclusively(async () => {
    if (readIfThere(stampFile) === stamp) return;
    say(`fetching Node ${version} into tools/node, since this is Node ${process.versions.node}…`);
    await installPackages({
      node: process.execPath,
      directory: NODE_HOME,
      stamp,
      finish: (staged) => probe(staged, version),
    });
  });
}

function pinnedVersion() {
  const manifest = JSON.parse(readIfThere(join(NODE_HOME, 'package.json')) ?? '{}');
  return manifest.optionalDependencies?.[nodePackage()];
}

function hasGlibc() {
  return process.report?.getReport().header.glibcVersionRuntime !== undefined;
}

/** A Node that does not start on this machine must not be marked as installed. */
function probe(home, version) {
  // npm passes over an optional package that it cannot get, and all of these are optional.
  if (!existsSync(ownNode(home)))
    throw unavailable(`Node ${version} could not be fetched (is npm's registry reachable?)`);
  try {
    execFileSync(ownNode(home), ['--version'], { stdio: ['ignore', 'ignore', 'pipe'] });
  } catch (error) {
    const why = String(error.stderr ?? error.message)
      .trim()
      .split('\n')[0];
    throw unavailable(`Node ${version} as fetched does not start here (${why})`);
  }
}

function unavailable(why) {
  return new BootstrapError(
    `needs Node 24.15 or newer; this is Node ${process.versions.node}, and ${why}: install Node 24.21.0 and put it first on PATH`,
  );
}
