import { DomainError } from '../kernel/errors.ts';

/** Where the server is, and who asks. */
export interface Server {
  readonly url: string;
  readonly token: string;
}

const DEFAULT_URL = 'http://127.0.0.1:4000';

/** The server of CAPWARD_URL and CAPWARD_TOKEN. */
export function serverOf(env: NodeJS.ProcessEnv): Server {
  const token = env['CAPWARD_TOKEN'];
  if (token === undefined || token === '') {
    throw new DomainError('INVALID_INPUT', 'CAPWARD_TOKEN is not set: export a token with the scope profiles:export');
  }
  const url = env['CAPWARD_URL'] || DEFAULT_URL;
  if (!/^https?:\/\//.test(url) || !URL.canParse(url)) {
    throw new DomainError('INVALID_INPUT', `CAPWARD_URL is not an http(s) address: ${url}`);
  }
  return { url: url.replace(/\/+$/, ''), token };
}
