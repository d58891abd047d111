import { describe, expect, test } from '@jest/globals';
import { readConfig } from '../../src/config.ts';

describe('a service that others reach', () => {
  const production = { NODE_ENV: 'production', HOST: '0.0.0.0' };

  test('does not start in production without the address that they use: cookies would travel in the clear', () => {
    for (const HOST of ['0.0.0.0', '::', '10.0.0.4', 'capward.internal']) {
      expect(() => readConfig({ ...production, HOST })).toThrow(/PUBLIC_URL: say at which https:\/\/ address/);
    }
  });

  test('starts with it, and so does one for this machine only', () => {
    expect(readConfig({ ...production, PUBLIC_URL: 'https://capward.example' }).publicUrl).toBe(
      'https://capward.example',
    );
    for (const HOST of ['127.0.0.1', '::1', 'localhost']) readConfig({ ...production, HOST });
    readConfig({ HOST: '0.0.0.0' });
  });
});

describe('the proxies that are trusted', () => {
  test.each(['127.0.0.1', '10.0.0.0/8, ::1', 'fd00::/8'])('may be %s', (text) => {
    expect(readConfig({ CAPWARD_TRUSTED_PROXIES: text }).trustedProxies).toBe(text);
  });

  test.each(['true', '*', '0.0.0.0/0', '10.0.0.0/33', '10.0.0.0/8/8', 'proxy.example', '10.0.0.1,'])(
    'are not %s',
    (text) => {
      expect(() => readConfig({ CAPWARD_TRUSTED_PROXIES: text })).toThrow(/CAPWARD_TRUSTED_PROXIES: addresses and/);
    },
  );
});

describe('a client secret', () => {
  const name = 'CAPWARD_CLIENT_SECRET_ACME_SSO';

  test('says for which issuer and client it is', () => {
    const { clientSecrets } = readConfig({ [name]: 'https://sso.acme.example capward two words' });
    expect(clientSecrets).toEqual(
      new Map([[name, { issuer: 'https://sso.acme.example', clientId: 'capward', secret: 'two words' }]]),
    );
  });

  test.each(['0a1b2c', 'capward 0a1b2c', 'https://sso.acme.example capward', 'https://sso.acme.example capward '])(
    'that does not is refused, without showing it: %s',
    (value) => {
      const read = () => readConfig({ [name]: value });
      expect(read).toThrow(new RegExp(`${name}: ISSUER CLIENT_ID SECRET`));
      expect(read).not.toThrow(/0a1b2c/);
    },
  );
});
