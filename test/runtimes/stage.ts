import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from './command.ts';

/**
 * A temporary directory for all that the engines need, and what has to be undone when it is left, last things first. All
 * that is started or mounted goes with it, also after Ctrl-C.
 */
export class Stage {
  readonly directory = mkdtempSync(join(tmpdir(), 'capward-runtimes-'));
  readonly #undo: { readonly what: string; readonly how: () => Promise<void> }[] = [];
  #closing: Promise<void> | undefined;

  onClose(what: string, how: () => Promise<void>): void {
    this.#undo.push({ what, how });
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    for (const { what, how } of this.#undo.toReversed()) {
      await how().catch((error: unknown) => process.stderr.write(`runtimes: ${what}: ${String(error)}\n`));
    }
    killProcessesOf(this.directory);
    // A mount that an engine has left behind would keep the directory, or worse, have its content removed.
    for (const mount of mountsUnder(this.directory)) await run('umount', ['--lazy', mount], { evenWhileEnding: true });
    if (mountsUnder(this.directory).length === 0) rmSync(this.directory, { recursive: true, force: true });
    else process.stderr.write(`runtimes: something is still mounted under ${this.directory}\n`);
  }
}

/** An engine that had to be killed leaves processes behind; they are known by our directory in their command line. */
function killProcessesOf(directory: string): void {
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name) || Number(name) === process.pid) continue;
    try {
      if (readFileSync(`/proc/${name}/cmdline`, 'utf8').includes(`${directory}/`))
        process.kill(Number(name), 'SIGKILL');
    } catch {
      // It has ended meanwhile.
    }
  }
}

/** The mount points under a directory, innermost first. */
function mountsUnder(directory: string): string[] {
  return readFileSync('/proc/self/mounts', 'utf8')
    .split('\n')
    .map((line) => line.split(' ')[1] ?? '')
    .filter((mount) => mount.startsWith(`${directory}/`))
    .toReversed();
}
