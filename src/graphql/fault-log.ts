import type { ApolloServerPlugin } from '@apollo/server';
import type { FastifyBaseLogger } from 'fastify';
import type { GraphQLError } from 'graphql';
import type { GraphQLContext } from './context.ts';
import { codeOfRequest, domainErrorBehind } from './errors.ts';

/** Takes note of what callers are told nothing about, under the id of the request that they are told to quote. */
export class FaultLog {
  readonly #log: FastifyBaseLogger;
  readonly #requests = new WeakMap<object, string>();

  constructor(log: FastifyBaseLogger) {
    this.#log = log;
  }

  /** The request in which an error arose. */
  requestOf(error: unknown): string {
    const known = typeof error === 'object' && error !== null ? this.#requests.get(error) : undefined;
    if (known === undefined) this.#log.error({ err: error }, 'fault outside of a request');
    return known ?? 'unknown';
  }

  plugin(): ApolloServerPlugin<GraphQLContext> {
    return {
      requestDidStart: async () => ({
        didEncounterErrors: async ({ errors, contextValue: { requestId } }) => {
          for (const error of errors) this.#note(error, requestId);
        },
      }),
    };
  }

  #note(error: Error, reqId: string): void {
    this.#requests.set(error, reqId);
    const domain = domainErrorBehind(error);
    if (domain?.code === 'UNAVAILABLE') this.#log.warn({ err: domain.cause ?? domain, reqId }, 'unavailable');
    const { originalError, extensions } = error as Partial<GraphQLError>;
    // Where it is the request that was wrong, its sender is told. Apollo wraps that too.
    const isMistake = originalError == null || codeOfRequest(error.message, extensions?.['code']) !== undefined;
    if (domain === undefined && !isMistake) this.#log.error({ err: originalError, reqId }, 'fault');
  }
}
