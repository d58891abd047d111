import { expect, test } from '@jest/globals';
import { exitCodeOf } from '../../../src/cli/exit-code.ts';
import { withDatabase } from '../../../src/cli/with-database.ts';
import { DomainError } from '../../../src/kernel/errors.ts';

test('settings that cannot be used are wrong usage, all of them named and none quoted', async () => {
  const before = { ...process.env };
  const wrong = { PORT: '99999', NODE_ENV: 'prod', DATABASE_URL: 'mysql://user:SECRET@127.0.0.1/capward' };
  Object.assign(process.env, wrong);
  try {
    const error: unknown = await withDatabase(async () => undefined).catch((thrown: unknown) => thrown);
    if (!(error instanceof DomainError)) throw new Error('this is no domain error', { cause: error });
    expect([error.code, exitCodeOf(error.code)]).toEqual(['INVALID_INPUT', 2]);
    expect(error.issues.map(({ path }) => path)).toEqual(['PORT', 'NODE_ENV', 'DATABASE_URL']);
    expect(error.message).toBe(
      'these settings cannot be used:\n  PORT: must be at most 65535\n  NODE_ENV: must be one of production, development, test\n  DATABASE_URL: a postgresql:// URL',
    );
    expect(error.message).not.toContain('SECRET');
  } finally {
    process.env = before;
  }
});
