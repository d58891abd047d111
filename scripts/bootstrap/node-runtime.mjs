// Chooses the Node that runs the command: the one that runs this, when it is new enough, else the project's own.
import { join } from 'node:path';
import { digest, NODE_HOME, readIfThere } from './project.mjs';

const OLDEST = [24, 15];

/** Marks a finished install; holds the digest of what was installed. */
const STAMP = join(NODE_HOME, 'node_modules', '.capward-installed');

/**
 * The path of a Node of at least version 24.15, installed first if need be.
 * @returns {Promise<string>}
 */
export async function chooseNode() {
  if (isNewEnough(process.versions.node)) return process.execPath;
  const wanted = stampOfNode();
  if (readIfThere(STAMP) !== wanted) {
    const { installNode } = await import('./install-node.mjs');
    await installNode(STAMP, wanted);
  }
  return ownNode();
}

/** @param {string} version */
function isNewEnough(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1]);
}

/** The npm package that holds Node for a platform. */
export function nodePackage(platform = process.platform, arch = process.arch) {
  return `node-${platform === 'win32' ? 'win' : platform}-${arch}`;
}

/** Where the project's own Node is, once installed. */
export function ownNode(home = NODE_HOME) {
  return join(home, 'node_modules', nodePackage(), 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
}

function stampOfNode() {
  return digest(readIfThere(join(NODE_HOME, 'package-lock.json')) ?? '', process.platform, process.arch);
}
