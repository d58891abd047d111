import type { FastifyRequest } from 'fastify';
import type { Actor } from '../access/actor.ts';
import {
  type Authenticated,
  type AuthenticationPorts,
  authenticate,
  authenticateSession,
} from '../access/authenticate.ts';
import type { CostLimits } from '../access/cost-limits.ts';
import { DomainError } from '../kernel/errors.ts';
import { BrowserCookie, SESSION_COOKIE } from './browser-cookie.ts';
import { RequestBudget } from './request-budget.ts';
import { requireSameOrigin } from './same-origin.ts';

/** Refused credentials a minute for each address; further ones are told to wait. Good ones pass: addresses are shared. */
const MAX_REFUSALS = 60;

/** The same for each beginning of a credential, from whatever address: where it begins says which tenant it is of. */
const MAX_GUESSES = 600;
const PREFIX_LENGTH = 16;

/** Of each step of signing in so many a minute for each address: an office shares one. */
const MAX_SIGN_INS = 300;

/** Each has a budget of its own: who only asks which ways there are keeps nobody from coming back from a provider. */
type SignInStep = 'ways' | 'start' | 'callback' | 'exchange';

/** Methods that change nothing. */
const SAFE: readonly string[] = ['GET', 'HEAD'];

/** Authenticates requests, and slows down those who guess tokens and those who ask too much. */
export class RequestAuth {
  readonly #ports: AuthenticationPorts;
  /** The same, without writing down that a credential was used. */
  readonly #watching: AuthenticationPorts;
  readonly #cookie: BrowserCookie;
  readonly #refusals = new RequestBudget(MAX_REFUSALS);
  readonly #guesses = new RequestBudget(MAX_GUESSES);
  readonly #signIns = new RequestBudget(MAX_SIGN_INS);
  readonly #limits: CostLimits;

  constructor(ports: AuthenticationPorts, limits: CostLimits) {
    this.#ports = ports;
    this.#watching = { ...ports, lastUse: { of: (id, at) => ports.lastUse.of(id, at), note: () => undefined } };
    this.#cookie = new BrowserCookie(ports.publicUrl, SESSION_COOKIE);
    this.#limits = limits;
  }

  async authenticate(request: FastifyRequest): Promise<Authenticated> {
    // What a page asks by itself, since something has happened, is no use of its session.
    const ports = request.headers['x-capward-watching'] === undefined ? this.#ports : this.#watching;
    const known = await this.slowed(request, () => this.#whoAsks(request, ports));
    const { orgId, credential } = known.actor;
    request.caller = { org: orgId, token: credential.tokenId };
    this.#limits.charge(known.actor, 1);
    return known;
  }

  /**
   * Whether whoever began this request still may, and as whom. It is no use of the credential: a page that is only left
   * open does not keep its session from ending.
   */
  async authenticateAgain(request: FastifyRequest): Promise<Authenticated> {
    return this.#whoAsks(request, this.#watching);
  }

  /** The same in the middle of an answer that goes on for long, and costs by its length. */
  async goOn(request: FastifyRequest, cost: number): Promise<Actor> {
    const { actor } = await this.authenticateAgain(request);
    this.#limits.charge(actor, cost);
    return actor;
  }

  /** Whose session the browser has; undefined where it has none that is valid. */
  async sessionOf(request: FastifyRequest): Promise<Actor | undefined> {
    const secret = this.#cookie.read(request);
    if (secret === undefined) return undefined;
    try {
      return (await authenticateSession(this.#ports, secret)).actor;
    } catch (error) {
      if (error instanceof DomainError && error.code === 'UNAUTHENTICATED') return undefined;
      throw error;
    }
  }

  /** Tells those to wait who begin or finish to sign in more often than people do. */
  requirePatience(request: FastifyRequest, step: SignInStep): void {
    if (!this.#signIns.take(`${step} ${request.ip}`)) throw rateLimited('too many sign-ins from this address');
  }

  /** Does what takes a secret; those who have sent too many wrong ones are told to wait. */
  async slowed<T>(request: FastifyRequest, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof DomainError) || error.code !== 'UNAUTHENTICATED') throw error;
      if (!this.#refusals.take(request.ip)) throw rateLimited('too many wrong credentials from this address');
      const prefix = this.#prefixOf(request);
      if (prefix !== undefined && !this.#guesses.take(prefix))
        throw rateLimited('too many wrong credentials that begin like this one');
      throw error;
    }
  }

  #prefixOf(request: FastifyRequest): string | undefined {
    const secret = request.headers.authorization?.replace(/^Bearer +/i, '') ?? this.#cookie.read(request);
    return secret !== undefined && secret.length > PREFIX_LENGTH ? secret.slice(0, PREFIX_LENGTH) : undefined;
  }

  async #whoAsks(request: FastifyRequest, ports: AuthenticationPorts): Promise<Authenticated> {
    const { authorization } = request.headers;
    const secret = authorization === undefined ? this.#cookie.read(request) : undefined;
    if (secret === undefined) return authenticate(ports, authorization);
    const known = await authenticateSession(ports, secret);
    if (!SAFE.includes(request.method)) requireSameOrigin(request, this.#ports.publicUrl);
    return known;
  }
}

function rateLimited(why: string): DomainError {
  return new DomainError('RATE_LIMITED', `${why}: wait a minute`);
}
