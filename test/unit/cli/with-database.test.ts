import { expect, test } from '@jest/globals';
import { exitCodeOf } from '../../../src/cli/exit-code.ts';
import { withDatabase } from '../../../src/cli/with-database.ts';
import { DomainError } from '../../../src/kernel/errors.ts';

test('settings that cannot be used are wrong usage, all of them named and none quoted', async () => {
  const before = { ...process.env };
  Object.assign(process.env, { PORT: 'http', DATABASE_URL: 'mysql://user:SECRET@127.0.0.1/capward' });
  try {
    const error: unknown = await withDatabase(async () => undefined).catch((thrown: unknown) => thrown);
    if (!(error instanceof DomainError)) throw new Error('this is no domain error', { cause: error });
    expect([error.code, exitCodeOf(error.code)]).toEqual(['INVALID_INPUT', 2]);
    expect(error.issues.map(({ path }) => path)).toEqual(['PORT', 'DATABASE_URL']);
    expect(error.message).toMatch(/^these settings cannot be used:\n {2}PORT: .+\n {2}DATABASE_URL: .+$/);
    expect(error.message).not.toContain('SECRET');
  } finally {
    process.env = before;
  }
});
