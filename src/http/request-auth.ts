import type { FastifyRequest } from 'fastify';
import { type Authenticated, type AuthenticationPorts, authenticate } from '../access/authenticate.ts';
import { DomainError } from '../kernel/errors.ts';
import { RequestBudget } from './request-budget.ts';

/** Refused credentials a minute for each address; further ones are told to wait. Good ones pass: addresses are shared. */
const MAX_REFUSALS = 60;

/** Authenticates requests, and slows down those who guess tokens and those who ask too much. */
export class RequestAuth {
  readonly #ports: AuthenticationPorts;
  readonly #refusals = new RequestBudget(MAX_REFUSALS);
  readonly #requests: RequestBudget;

  constructor(ports: AuthenticationPorts, requestsPerMinute: number) {
    this.#ports = ports;
    this.#requests = new RequestBudget(requestsPerMinute);
  }

  async authenticate(request: FastifyRequest): Promise<Authenticated> {
    let known: Authenticated;
    try {
      known = await authenticate(this.#ports, request.headers.authorization);
    } catch (error) {
      const refused = error instanceof DomainError && error.code === 'UNAUTHENTICATED';
      if (refused && !this.#refusals.take(request.ip))
        throw rateLimited('too many wrong credentials from this address');
      throw error;
    }
    if (!this.#requests.take(known.actor.credential.tokenId)) throw rateLimited('this token has asked too much');
    return known;
  }
}

function rateLimited(why: string): DomainError {
  return new DomainError('RATE_LIMITED', `${why}: wait a minute`);
}
