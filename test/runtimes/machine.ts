import { existsSync, readFileSync } from 'node:fs';
import { release } from 'node:os';
import { type CapSet, FULL_SET, minus } from '../../src/engine/cap-set.ts';
import { kernelSetsOf } from './kernel-sets.ts';

/** What this machine lets us do. Engines hand on at most what they are given themselves. */
export interface Machine {
  readonly isRoot: boolean;
  readonly kernel: string;
  /** The capabilities that this process holds, and that the engines will hold. */
  readonly held: CapSet;
  /** The others of the 41: of a kernel that does not know them, or of a machine that keeps them back. */
  readonly lacking: CapSet;
  /** Whether systemd runs as the first process, so that services can be started. */
  readonly runsSystemd: boolean;
}

export function lookAtMachine(): Machine {
  const held = kernelSetsOf(readFileSync('/proc/self/status', 'utf8')).effective;
  return {
    isRoot: process.getuid?.() === 0,
    kernel: release(),
    held,
    lacking: minus(FULL_SET, held),
    // The test that sd_booted(3) documents, and that the first process is really it: the directory may be a left-over.
    runsSystemd: existsSync('/run/systemd/system') && readFileSync('/proc/1/comm', 'utf8').trim() === 'systemd',
  };
}
