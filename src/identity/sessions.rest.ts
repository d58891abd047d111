import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Actor } from '../access/actor.ts';
import { effectiveScopes } from '../access/permissions.ts';
import type { RequestAuth } from '../http/request-auth.ts';
import { CSRF_HEADER, requireSameOrigin } from '../http/same-origin.ts';
import { encodeId } from '../kernel/ids.ts';
import { readInput } from '../kernel/input.ts';
import { describeViewer } from '../teams/viewer.ts';
import { describeRoute, NO_STORE } from './identity-route.rest.ts';
import type { IdentityPorts } from './ports.ts';
import { SessionCookies } from './session-cookies.rest.ts';
import { signInByLink } from './sign-in-by-link.ts';

const linkBody = z.object({ token: z.string('the secret of the link, as it stands behind #token=').max(200) });

/** Signing in with a link, signing out, and who is signed in. */
export function installSessions(app: FastifyInstance, ports: IdentityPorts, auth: RequestAuth): void {
  const cookies = new SessionCookies(ports, auth);

  app.get(
    '/v1/session',
    { schema: describeRoute('Who asks: the session of a browser, or a token') },
    async (request, reply) => {
      const { actor } = await auth.authenticate(request);
      return reply.headers({ ...NO_STORE, vary: 'Authorization, Cookie' }).send(await sayWho(ports, actor));
    },
  );

  app.post('/v1/sign-in/link', { schema: describeRoute('Sign in with a link, once') }, async (request, reply) => {
    requireSameOrigin(request, ports.publicUrl);
    const { token } = readInput(linkBody, request.body);
    const begun = await auth.slowed(request, () => signInByLink(ports, token, request.headers['user-agent']));
    await cookies.replace(request, reply, begun);
    return reply.headers(NO_STORE).code(204).send();
  });

  app.post('/v1/sign-out', { schema: describeRoute('End the session of this browser') }, async (request, reply) => {
    requireSameOrigin(request, ports.publicUrl);
    await cookies.end(request);
    cookies.clear(reply);
    return reply.headers(NO_STORE).code(204).send();
  });
}

async function sayWho(ports: IdentityPorts, actor: Actor): Promise<object> {
  const { slug } = await describeViewer(ports, actor);
  return {
    organization: { slug },
    member: {
      id: encodeId('member', actor.memberId),
      kind: actor.kind,
      login: actor.login,
      orgRole: actor.orgRole,
    },
    credential: actor.credential.kind,
    scopes: effectiveScopes(actor),
    /** What changes have to carry besides the cookie: this header with the value 1. */
    csrfHeader: CSRF_HEADER,
  };
}
