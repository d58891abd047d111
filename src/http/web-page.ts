import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { SECURITY_HEADERS } from './security-headers.ts';

/** Where the build of the page lies: `dist/web`, seen from the sources as well as from what is compiled into `dist`. */
const WEB_DIRECTORY = join(import.meta.dirname, '..', '..', 'dist', 'web');

/** Addresses that are pages: the page itself knows what to show there. */
export const PAGES: readonly string[] = [
  '/',
  '/sign-in',
  '/request',
  '/review',
  '/requests/:id',
  '/profiles',
  '/profiles/:team/:name',
  '/profiles/:team/:name/renew',
  '/profiles/:team/:name/emergency',
  '/emergencies',
  '/history',
  '/settings',
  '/settings/:part',
];

/** Everything comes from here, and nothing is run or styled that does not come as a file. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join(';');

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

/** One file of the build, in every form that it is kept in. */
interface Asset {
  readonly type: string;
  readonly plain: Buffer;
  readonly br: Buffer | undefined;
  readonly gzip: Buffer | undefined;
}

/**
 * The page for people, at `/`. The build is read once and kept: it is small, and a path that is not in it leads nowhere.
 * Without a build the service works as ever, and `/` says what is missing.
 */
export function installWebPage(app: FastifyInstance, directory: string = WEB_DIRECTORY): void {
  const assets = readAssets(directory);
  const index = assets.get('index.html');
  const page = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    if (index === undefined) return reply.code(503).type('text/plain; charset=utf-8').send(NOT_BUILT);
    void reply.headers({ ...SECURITY_HEADERS, 'content-security-policy': POLICY, 'cache-control': 'no-cache' });
    return send(request, reply, index);
  };
  for (const url of PAGES) app.get(url, { schema: { hide: true } }, page);
  // Names under assets/ carry a hash of the content: what was fetched once is never asked for again.
  const files = { '/assets/*': 'public, max-age=31536000, immutable', '/favicon.svg': 'public, max-age=3600' };
  for (const [url, cacheControl] of Object.entries(files)) {
    app.get(url, { schema: { hide: true } }, async (request, reply) => {
      const asset = assets.get(new URL(request.url, 'http://page').pathname.slice(1));
      if (asset === undefined) return reply.callNotFound();
      return send(request, reply.header('cache-control', cacheControl), asset);
    });
  }
}

const NOT_BUILT = `The page has not been built. In a checkout, npm start builds it; elsewhere, npm run build does.
The API works without it: POST /graphql, and /v1/openapi.json for the rest.
`;

function send(request: FastifyRequest, reply: FastifyReply, { type, plain, br, gzip }: Asset): FastifyReply {
  void reply.type(type);
  if (br === undefined && gzip === undefined) return reply.send(plain);
  void reply.header('vary', 'Accept-Encoding');
  const accepted = request.headers['accept-encoding'] ?? '';
  if (br !== undefined && /\bbr\b/.test(accepted)) return reply.header('content-encoding', 'br').send(br);
  if (gzip !== undefined && /\bgzip\b/.test(accepted)) return reply.header('content-encoding', 'gzip').send(gzip);
  return reply.send(plain);
}

/** The files of the build by their path in it; none where there is no build. */
function readAssets(directory: string): ReadonlyMap<string, Asset> {
  if (!existsSync(directory)) return new Map();
  const names = readdirSync(directory, { recursive: true, encoding: 'utf8' });
  const present = new Set(names);
  const compressed = (name: string): Buffer | undefined =>
    present.has(name) ? readFileSync(join(directory, name)) : undefined;
  return new Map(
    names.flatMap((name): [string, Asset][] => {
      const type = TYPES[extname(name)];
      if (type === undefined) return [];
      const asset = {
        type,
        plain: readFileSync(join(directory, name)),
        br: compressed(`${name}.br`),
        gzip: compressed(`${name}.gz`),
      };
      return [[name.replaceAll('\\', '/'), asset]];
    }),
  );
}
