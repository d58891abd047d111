import type { Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { StringDecoder } from 'node:string_decoder';
import { resolveLine } from './resolve-answer.ts';

/** A longer line is not a spec; it is answered with an error, and no more of it than this is kept. */
const LONGEST_LINE = 1_048_576;
/** Answers are gathered to about this many characters, so that a write is not paid for each line. */
const CHUNK = 65_536;

const TOO_LONG = JSON.stringify({ error: { code: 'INVALID_INPUT', message: 'line: longer than 1 MiB' } });

/**
 * Answers specs, a JSON object a line, with a JSON object a line, in the same order and as they come; stops reading while
 * the reader of the output does not keep up, and ends when that reader goes away. A bad line is answered with its error.
 */
export async function resolveLines(input: Readable, output: Writable): Promise<void> {
  try {
    await pipeline(input, answersTo, output, { end: false });
  } catch (error) {
    if (!isBrokenPipe(error)) throw error;
  }
}

async function* answersTo(chunks: AsyncIterable<Buffer | string>): AsyncGenerator<string> {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  let isSkipping = false;
  for await (const chunk of chunks) {
    const lines = (rest + (typeof chunk === 'string' ? chunk : decoder.write(chunk))).split('\n');
    rest = lines.pop() ?? '';
    let answers = '';
    for (const line of lines) {
      if (!isSkipping) answers += `${answer(line)}\n`;
      isSkipping = false;
      if (answers.length >= CHUNK) {
        yield answers;
        answers = '';
      }
    }
    if (isSkipping || rest.length > LONGEST_LINE) {
      if (!isSkipping) answers += `${TOO_LONG}\n`;
      rest = '';
      isSkipping = true;
    }
    if (answers !== '') yield answers;
  }
  const last = rest + decoder.end();
  if (last !== '' && !isSkipping) yield `${answer(last)}\n`;
}

function answer(line: string): string {
  return line.length > LONGEST_LINE ? TOO_LONG : resolveLine(line);
}

function isBrokenPipe(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EPIPE';
}
