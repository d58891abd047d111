import type { FastifyReply, FastifyRequest } from 'fastify';
import { BrowserCookie, SESSION_COOKIE } from '../http/browser-cookie.ts';
import type { RequestAuth } from '../http/request-auth.ts';
import type { BegunSession } from './begin-session.ts';
import { signOut } from './end-session.ts';
import type { IdentityPorts } from './ports.ts';

/** The cookie of a session, and what goes with it. */
export class SessionCookies {
  readonly #ports: IdentityPorts;
  readonly #auth: RequestAuth;
  readonly #cookie: BrowserCookie;

  constructor(ports: IdentityPorts, auth: RequestAuth) {
    this.#ports = ports;
    this.#auth = auth;
    this.#cookie = new BrowserCookie(ports.publicUrl, SESSION_COOKIE);
  }

  /** Hands the browser its new session, and ends the one that it had; where that fails, it still has the new one. */
  async replace(request: FastifyRequest, reply: FastifyReply, { secret }: BegunSession): Promise<void> {
    this.#cookie.set(reply, secret, Math.floor(this.#ports.sessions.life / 1000));
    try {
      await this.end(request);
    } catch (error) {
      this.#ports.log.warn({ err: error }, 'the session that a browser had before could not be ended');
    }
  }

  /** Ends the session that the browser has, where it has one. */
  async end(request: FastifyRequest): Promise<void> {
    const actor = await this.#auth.sessionOf(request);
    if (actor !== undefined) await signOut(this.#ports, actor);
  }

  clear(reply: FastifyReply): void {
    this.#cookie.clear(reply);
  }
}
