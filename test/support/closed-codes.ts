import { expect } from '@jest/globals';
import { ERROR_CODES } from '../../src/kernel/errors.ts';
import { graphqlAnswer, type HttpAnswer } from './client.ts';

const PATHS_OF_OURS = /node_modules|\.ts:\d|\bat [A-Za-z.]+ \(|prisma|postgres|SELECT |INSERT /i;

/** Every error of an answer has a code of the closed set, and nothing in it tells how we are made. */
export function expectOursOnly(answer: HttpAnswer): void {
  const isGraphQL = String(answer.headers['content-type']).startsWith('application/json');
  const codes = isGraphQL
    ? graphqlAnswer(answer).errors.map(({ extensions }) => extensions.code)
    : [(JSON.parse(answer.body) as { code: string }).code];
  if (answer.status >= 400 && codes.length === 0) throw new Error(`an error without a code: ${answer.body}`);
  expect(codes.filter((code) => !(ERROR_CODES as readonly string[]).includes(code))).toEqual([]);
  expect(answer.body).not.toMatch(PATHS_OF_OURS);
}
