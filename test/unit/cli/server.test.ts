import { describe, expect, test } from '@jest/globals';
import { serverOf } from '../../../src/cli/server.ts';
import { DomainError } from '../../../src/kernel/errors.ts';

function refusalOf(env: NodeJS.ProcessEnv): { readonly code: string; readonly message: string } {
  try {
    serverOf(env);
  } catch (error) {
    if (error instanceof DomainError) return { code: error.code, message: error.message };
    throw error;
  }
  throw new Error('this should have been refused');
}

describe('the server of the environment', () => {
  test('takes what people paste, white space at its ends included', () => {
    expect(serverOf({ CAPWARD_TOKEN: ' cwd_abc\r\n' })).toEqual({ url: 'http://127.0.0.1:4000', token: 'cwd_abc' });
    expect(serverOf({ CAPWARD_TOKEN: 'cwd_abc', CAPWARD_URL: 'https://capward.example/base//\n' }).url).toBe(
      'https://capward.example/base',
    );
  });

  test.each([
    ['none', undefined],
    ['an empty one', ''],
    ['only white space', ' \n'],
    ['a line break inside', 'cwd_SECRET\r\nx'],
    ['a space inside', 'cwd_SECRET x'],
    ['a NUL', 'cwd_SECRET\u0000'],
    ['letters beyond ASCII', 'cwd_SECRETé'],
  ])('refuses a token that is wrong, without saying it: %s', (_what, token) => {
    const { code, message } = refusalOf(token === undefined ? {} : { CAPWARD_TOKEN: token });
    expect([code, message]).toEqual(['INVALID_INPUT', expect.stringMatching(/^CAPWARD_TOKEN /)]);
    expect(message).not.toContain('SECRET');
  });

  test.each([
    'capward.example/SECRET',
    'ftp://SECRET.example',
    'https://',
    'https://user:SECRET@capward.example',
    'https://SECRET@capward.example',
    'https://user:SECRET@capward.example:port',
    'https://capward.example/?token=SECRET',
    'https://capward.example/#SECRET',
    'https://capward.example/\u001b[31mSECRET',
  ])('refuses an address that is wrong, without saying it: %s', (url) => {
    const { code, message } = refusalOf({ CAPWARD_TOKEN: 'cwd_abc', CAPWARD_URL: url });
    expect([code, message]).toEqual(['INVALID_INPUT', expect.stringMatching(/^CAPWARD_URL /)]);
    expect(message).not.toContain('SECRET');
  });
});
