import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type CryptoKey, exportJWK, generateKeyPair, type JWK, type JWTPayload, SignJWT } from 'jose';

/** Makes the ID token that the provider hands out for a code. */
export type Forge = (claims: JWTPayload, provider: LoopbackProvider) => Promise<string> | string;

/** An OpenID Connect provider on this machine that lets everybody in, and says whatever it is told to. */
export interface LoopbackProvider {
  readonly issuer: string;
  readonly key: CryptoKey;
  readonly publicJwk: JWK;
  /** What it says of whoever signs in next; `nonce`, `aud`, `iss` and times are filled in unless given here. */
  claims: JWTPayload;
  /** How its tokens are made; signed as they should be unless it says otherwise. */
  forge: Forge;
  /** What it changes about the address that it sends the browser back to. */
  sendBack: (url: URL) => void;
  /** Bodies of the requests for a token. */
  readonly asked: string[];
  sign(claims: JWTPayload, header?: Record<string, string>): Promise<string>;
  close(): Promise<void>;
}

export const KID = 'key-1';

export async function loopbackProvider(): Promise<LoopbackProvider> {
  const { privateKey: key, publicKey } = await generateKeyPair('RS256', { extractable: true });
  const publicJwk = { ...(await exportJWK(publicKey)), kid: KID, alg: 'RS256', use: 'sig' };
  const server: Server = createServer();
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const codes = new Map<string, { readonly nonce: string; readonly clientId: string }>();

  const provider: LoopbackProvider = {
    issuer,
    key,
    publicJwk,
    claims: {},
    forge: (claims) => provider.sign(claims),
    sendBack: () => undefined,
    asked: [],
    sign: (claims, header = {}) =>
      new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: KID, ...header }).sign(key),
    close: () => new Promise((resolve) => void server.close(() => resolve())),
  };

  server.on('request', (request, response) => {
    const url = new URL(request.url ?? '/', issuer);
    const send = (body: unknown): void => {
      response.setHeader('content-type', 'application/json').end(JSON.stringify(body));
    };
    if (url.pathname === '/.well-known/openid-configuration') {
      send({
        issuer,
        authorization_endpoint: `${issuer}/authorize`,
        token_endpoint: `${issuer}/token`,
        jwks_uri: `${issuer}/jwks`,
        response_types_supported: ['code'],
        subject_types_supported: ['public'],
        // A hostile one says that it may do anything.
        id_token_signing_alg_values_supported: ['RS256', 'HS256', 'none'],
        authorization_response_iss_parameter_supported: true,
        code_challenge_methods_supported: ['S256'],
      });
    } else if (url.pathname === '/jwks') {
      send({ keys: [publicJwk] });
    } else if (url.pathname === '/authorize') {
      const code = `code-${codes.size}`;
      codes.set(code, {
        nonce: url.searchParams.get('nonce') ?? '',
        clientId: url.searchParams.get('client_id') ?? '',
      });
      const back = new URL(url.searchParams.get('redirect_uri') ?? '');
      back.searchParams.set('code', code);
      back.searchParams.set('state', url.searchParams.get('state') ?? '');
      back.searchParams.set('iss', issuer);
      provider.sendBack(back);
      response.writeHead(302, { location: back.href }).end();
    } else {
      let body = '';
      request.setEncoding('utf8').on('data', (text: string) => {
        body += text;
      });
      request.on('end', () => {
        provider.asked.push(`${request.headers.authorization ?? ''} ${body}`);
        const known = codes.get(new URLSearchParams(body).get('code') ?? '');
        const now = Math.floor(Date.now() / 1000);
        const base = { iss: issuer, aud: known?.clientId ?? '', iat: now, exp: now + 300, nonce: known?.nonce };
        void Promise.resolve(provider.forge({ ...base, ...provider.claims }, provider)).then((idToken) =>
          send({ access_token: 'x', token_type: 'Bearer', id_token: idToken }),
        );
      });
    }
  });
  return provider;
}
