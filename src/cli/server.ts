import { DomainError } from '../kernel/errors.ts';

/** Where the server is, and who asks. */
export interface Server {
  readonly url: string;
  readonly token: string;
}

const DEFAULT_URL = 'http://127.0.0.1:4000';

/** What tokens and addresses consist of. Anything else got in by accident, and would break a header or a line. */
const VISIBLE = /^[\x21-\x7e]+$/;

/**
 * The server of CAPWARD_URL and CAPWARD_TOKEN.
 * @throws DomainError INVALID_INPUT; it never quotes a value, since either may hold a secret
 */
export function serverOf(env: NodeJS.ProcessEnv): Server {
  return {
    url: addressFrom(env['CAPWARD_URL']?.trim() || DEFAULT_URL),
    token: tokenFrom(env['CAPWARD_TOKEN']?.trim()),
  };
}

function tokenFrom(token: string | undefined): string {
  if (token === undefined || token === '') {
    throw new DomainError('INVALID_INPUT', 'CAPWARD_TOKEN is not set: export a token with the scope profiles:export');
  }
  if (!VISIBLE.test(token)) {
    throw new DomainError('INVALID_INPUT', 'CAPWARD_TOKEN holds characters that no token has: copy it again');
  }
  return token;
}

function addressFrom(text: string): string {
  const url = VISIBLE.test(text) && /^https?:\/\//i.test(text) ? URL.parse(text) : null;
  if (url === null) {
    throw new DomainError('INVALID_INPUT', 'CAPWARD_URL is not an http(s) address, such as https://capward.example');
  }
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
    throw new DomainError(
      'INVALID_INPUT',
      'CAPWARD_URL takes no credentials, query or fragment: the token belongs into CAPWARD_TOKEN',
    );
  }
  return text.replace(/\/+$/, '');
}
