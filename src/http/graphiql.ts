import type { FastifyInstance } from 'fastify';
import { ruruHTML } from 'ruru/server';
import { getStaticFile } from 'ruru/static';

const STATIC_PATH = '/graphiql/static/';

/** GraphiQL for people, at `/graphiql`, from the dependency's own files: nothing comes from outside. */
export function installGraphiQL(app: FastifyInstance): void {
  const page = ruruHTML({ endpoint: '/graphql', staticPath: STATIC_PATH });
  // The page carries one inline script, and Monaco styles itself inline and runs in workers.
  const policy = [
    "default-src 'none'",
    "script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self' data:",
    "connect-src 'self'",
    "worker-src 'self' blob:",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
  app.get('/graphiql', { schema: { hide: true } }, async (_request, reply) =>
    reply.header('Content-Security-Policy', policy).type('text/html; charset=utf-8').send(page),
  );
  app.get(`${STATIC_PATH}*`, { logLevel: 'warn', schema: { hide: true } }, async (request, reply) => {
    const file = await getStaticFile({
      staticPath: STATIC_PATH,
      urlPath: request.url,
      acceptEncoding: request.headers['accept-encoding'],
      disallowDevAssets: true,
    });
    if (file === null) return reply.callNotFound();
    return reply.headers(file.headers).header('Cache-Control', 'public, max-age=86400').send(file.content);
  });
}
