import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { BrowserCookie } from '../http/browser-cookie.ts';
import type { RequestAuth } from '../http/request-auth.ts';
import { DomainError } from '../kernel/errors.ts';
import { readInput } from '../kernel/input.ts';
import { finishSignIn } from './finish-sign-in.ts';
import { describeRoute, NO_STORE } from './identity-route.rest.ts';
import type { IdentityPorts } from './ports.ts';
import { SessionCookies } from './session-cookies.rest.ts';
import { ATTEMPT_LIFE, openAttempt, type SignInAttempt, sealAttempt } from './sign-in-attempt.ts';
import { startSignIn, waysIn } from './start-sign-in.ts';

const ATTEMPT_COOKIE = 'capward-sign-in';

const one = (name: string) => z.string(`${name} is given once`).max(500, 'up to 500 characters').optional();
const waysQuery = z.object({ org: one('org') });
const startQuery = z.object({ provider: one('provider'), to: one('to') });

interface OrgParams {
  readonly org: string;
}

interface CallbackParams extends OrgParams {
  readonly provider: string;
}

/** Signing in by a provider: which ways there are, to the provider, and back from it. */
export function installSignIn(app: FastifyInstance, ports: IdentityPorts, auth: RequestAuth): void {
  const sessions = new SessionCookies(ports, auth);
  const cookie = new BrowserCookie(ports.publicUrl, ATTEMPT_COOKIE);

  app.get(
    '/v1/sign-in',
    { schema: describeRoute('Which ways there are to sign in (query: org)') },
    async (request, reply) => {
      auth.requirePatience(request, 'ways');
      const { org } = readInput(waysQuery, request.query);
      const names = await waysIn(ports, org);
      const providers = names.map((name) => ({ name, url: `/v1/sign-in/${org}?provider=${name}` }));
      return reply.headers(NO_STORE).send({ providers, link: true });
    },
  );

  app.get<{ Params: OrgParams }>(
    '/v1/sign-in/:org',
    { exposeHeadRoute: false, schema: describeRoute('To the provider of an organization (query: provider, to)') },
    async (request, reply) => {
      // A page of somebody else's could sign people in to an organization of its own choice, in place of their session.
      if (!isOwnStep(request)) {
        const query = new URLSearchParams({ org: request.params.org });
        return reply.headers(NO_STORE).redirect(`/sign-in?${query.toString()}`, 303);
      }
      auth.requirePatience(request, 'start');
      const { provider, to } = readInput(startQuery, request.query);
      const { attempt, url } = await startSignIn(ports, { org: request.params.org, provider, to });
      cookie.set(reply, sealAttempt(ports.attempts, attempt), ATTEMPT_LIFE / 1000);
      return reply.headers(NO_STORE).redirect(url, 303);
    },
  );

  app.get<{ Params: CallbackParams }>(
    '/v1/sign-in/:org/callback/:provider',
    { exposeHeadRoute: false, schema: describeRoute('Back from the provider') },
    async (request, reply) => {
      auth.requirePatience(request, 'callback');
      try {
        const attempt = attemptOf(ports, cookie, request.params, request);
        // It is used up, however it ends.
        cookie.clear(reply);
        const callback = new URL(request.url, ports.publicUrl);
        const client = request.headers['user-agent'];
        const begun = await auth.slowed(request, () => finishSignIn(ports, attempt, callback, client));
        await sessions.replace(request, reply, begun);
        return await reply.headers(NO_STORE).redirect(attempt.to, 303);
      } catch (error) {
        return sendBack(request, reply, error);
      }
    },
  );
}

/** Whether a person has come here by a page of ours, or has typed the address: their browser says so. */
function isOwnStep({ headers }: FastifyRequest): boolean {
  return headers['sec-fetch-site'] === 'same-origin' || headers['sec-fetch-site'] === 'none';
}

/** What the browser carries of the sign-in that it comes back from. */
function attemptOf(
  ports: IdentityPorts,
  cookie: BrowserCookie,
  { org, provider }: CallbackParams,
  request: FastifyRequest,
): SignInAttempt {
  const attempt = openAttempt(ports.attempts, cookie.read(request) ?? '', ports.now());
  // Each provider has an address of its own to come back to: what one of them says is not taken for another's.
  if (attempt?.org !== org || attempt.provider !== provider) {
    throw new DomainError('UNAUTHENTICATED', 'this browser has not begun this sign-in, or too long ago: start again');
  }
  return attempt;
}

/** People get the page to sign in at, which says what went wrong; everybody else gets the error itself. */
function sendBack(request: FastifyRequest, reply: FastifyReply, error: unknown): FastifyReply {
  const isPage = request.headers.accept?.includes('text/html') === true;
  if (!(error instanceof DomainError) || !isPage) throw error;
  // The page has its own words for each code: it shows nothing that a link to it could say.
  const query = new URLSearchParams({ error: error.code });
  return reply.headers(NO_STORE).redirect(`/sign-in?${query.toString()}`, 303);
}
