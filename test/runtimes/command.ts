import { spawn } from 'node:child_process';

/** What a command came to. */
export interface Finished {
  /** The exit code; 127 where there is no such command, and 137 for one that took too long or was killed. */
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Whether, and why, the whole run is about to end early: commands are killed then, and no case is begun any more. */
export const ending = new AbortController();

export interface CommandOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** Milliseconds until it is killed; a minute unless told otherwise. */
  readonly limit?: number;
  /** For what belongs to an orderly end itself. */
  readonly evenWhileEnding?: boolean;
}

/** Runs a command to its end. Never throws for what the command does. */
export function run(command: string, args: readonly string[], options: CommandOptions = {}): Promise<Finished> {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      env: { ...process.env, ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: options.limit ?? 60_000,
      killSignal: 'SIGKILL',
      ...(options.evenWhileEnding === true ? {} : { signal: ending.signal }),
    });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    child.once('error', (error) => resolve({ code: 127, stdout, stderr: error.message }));
    child.once('close', (code) => resolve({ code: code ?? 137, stdout, stderr }));
  });
}

/** Runs a text in a POSIX shell, as a person would type it. */
export function runInShell(script: string, options: CommandOptions = {}): Promise<Finished> {
  return run('/bin/sh', ['-c', script], options);
}

/** Where a command is, or undefined where there is none. */
export async function whereIs(command: string): Promise<string | undefined> {
  const { code, stdout } = await run('/bin/sh', ['-c', 'command -v "$1"', 'sh', command]);
  return code === 0 ? stdout.trim() : undefined;
}
