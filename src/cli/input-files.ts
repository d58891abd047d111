import { readFile } from 'node:fs/promises';
import { DomainError } from '../kernel/errors.ts';

/** A file as it was read. */
export interface InputFile {
  readonly name: string;
  readonly content: Uint8Array;
}

/** The files of those names; `-`, or no name at all, is standard input. */
export async function readInputFiles(names: readonly string[]): Promise<readonly InputFile[]> {
  const asked = names.length === 0 ? ['-'] : names;
  return Promise.all(
    asked.map(async (name) => ({ name: name === '-' ? 'standard input' : name, content: await read(name) })),
  );
}

async function read(name: string): Promise<Uint8Array> {
  if (name === '-') {
    const chunks: Uint8Array[] = [];
    for await (const chunk of process.stdin) chunks.push(chunk as Uint8Array);
    return Buffer.concat(chunks);
  }
  try {
    return await readFile(name);
  } catch (error) {
    throw new DomainError('INVALID_INPUT', `cannot read ${name}: ${reasonOf(error as NodeJS.ErrnoException)}`);
  }
}

/** Node's own words name the system call and the file once more. */
function reasonOf({ code = '', message }: NodeJS.ErrnoException): string {
  return { ENOENT: 'there is no such file', EACCES: 'not allowed', EISDIR: 'it is a directory' }[code] ?? message;
}
