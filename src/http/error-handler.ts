import type { IncomingMessage } from 'node:http';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { RateLimited } from '../access/cost-limits.ts';
import { DomainError } from '../kernel/errors.ts';
import { internalProblem, PROBLEM_TYPE, type Problem, problemOf } from './problem.ts';

/** What Fastify itself refuses, as the domain errors that callers know. */
function domainErrorOf(error: unknown): DomainError | undefined {
  if (error instanceof DomainError) return error;
  const { code, statusCode, message } = error as Partial<FastifyError>;
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE')
    return new DomainError('PAYLOAD_TOO_LARGE', 'the request is too large: send at most 256 KiB');
  if (statusCode === 503) return new DomainError('UNAVAILABLE', 'too busy right now: try again shortly');
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) {
    return new DomainError('INVALID_INPUT', message ?? 'the request cannot be read');
  }
  return undefined;
}

/** After how long asking again may help (seconds). */
const RETRY_AFTER: Readonly<Record<number, string>> = { 429: '60', 503: '1' };

function send(reply: FastifyReply, problem: Problem, error?: DomainError): FastifyReply {
  if (problem.status === 401) void reply.header('WWW-Authenticate', 'Bearer');
  const retryAfter = error instanceof RateLimited ? String(error.retryAfterSeconds) : RETRY_AFTER[problem.status];
  if (retryAfter !== undefined) void reply.header('Retry-After', retryAfter);
  // GraphQL clients look for `errors`, whatever went wrong before their query was read.
  if (reply.request.url.startsWith('/graphql')) {
    const { code, issues, requestId } = problem;
    const extensions = {
      code,
      ...(issues === undefined ? {} : { issues }),
      ...(requestId === undefined ? {} : { requestId }),
    };
    return reply
      .code(problem.status)
      .type('application/json; charset=utf-8')
      .send(JSON.stringify({ errors: [{ message: problem.detail, extensions }] }));
  }
  return reply
    .code(problem.status)
    .type(PROBLEM_TYPE)
    .header('Cache-Control', 'no-store')
    .send(JSON.stringify(problem));
}

/** Addresses that cannot be read, by their request, on their second way through the router. */
const unreadable = new WeakMap<IncomingMessage, DomainError>();

/**
 * What Fastify refuses before it has a route: sent round again as an address of one segment, which nothing answers, so
 * that what every answer gets (headers, log, metrics) is not left out.
 */
export function refuseUnreadable(error: FastifyError, { raw, server }: FastifyRequest, reply: FastifyReply): void {
  const isName = error.code === 'FST_ERR_MAX_PARAM_LENGTH';
  const refusal = isName ? noSuchAddress() : new DomainError('INVALID_INPUT', 'the address is not well-formed');
  unreadable.set(raw, refusal);
  raw.url = `/${encodeURIComponent(raw.url ?? '')}`;
  server.routing(raw, reply.raw);
}

const noSuchAddress = (): DomainError => new DomainError('NOT_FOUND', 'no such address');

export function installErrorHandler(app: FastifyInstance): void {
  app.setErrorHandler((error: unknown, request: FastifyRequest, reply: FastifyReply) => {
    const domain = domainErrorOf(error);
    if (domain === undefined) request.log.error({ err: error }, 'fault');
    else if (domain.code === 'UNAVAILABLE') request.log.warn({ err: error }, 'unavailable');
    return domain === undefined ? send(reply, internalProblem(request.id)) : send(reply, problemOf(domain), domain);
  });
  app.setNotFoundHandler(({ raw }, reply) => send(reply, problemOf(unreadable.get(raw) ?? noSuchAddress())));
}
