// What every step of the bootstrap shares. Plain JavaScript for Node 18 and up: this code runs before there is anything
// else, and in front of every command, so it imports nothing heavy.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout's own directory. */
export const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** Where the project's own Node, the lock and half-finished installs live; all of it is ignored by git. */
export const NODE_HOME = join(ROOT, 'tools', 'node');

/** @param {...string} parts */
export const inProject = (...parts) => join(ROOT, ...parts);

/** Why a command cannot start, in words that a person can act on. */
export class BootstrapError extends Error {}

/**
 * Tells the person who waits what is going on. Standard output belongs to the command itself.
 * @param {string} what
 */
export function say(what) {
  process.stderr.write(`capward: ${what}\n`);
}

/**
 * The SHA-256 (hex) of several pieces, each marked off from the next.
 * @param {...string} pieces
 */
export function digest(...pieces) {
  const hash = createHash('sha256');
  for (const piece of pieces) hash.update(`${piece.length}:`).update(piece);
  return hash.digest('hex');
}

/**
 * The content of a file, or undefined where there is none.
 * @param {string} path
 */
export function readIfThere(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
    throw error;
  }
}
