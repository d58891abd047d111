import type { FastifyReply, FastifyRequest } from 'fastify';

/**
 * A cookie of ours. Served over https it is tied to this very host (`__Host-`), and never sent in the clear. Browsers
 * do not take such a cookie over plain http, so on a loopback address it goes without.
 */
export class BrowserCookie {
  readonly name: string;
  readonly #attributes: string;

  constructor(publicUrl: string, name: string) {
    const isSecure = publicUrl.startsWith('https:');
    this.name = isSecure ? `__Host-${name}` : name;
    // Lax: it comes along when somebody follows a link to us, and with nothing that another site sends.
    this.#attributes = `Path=/; HttpOnly; SameSite=Lax${isSecure ? '; Secure' : ''}`;
  }

  /** Its value; undefined where it is missing, or where there are several: somebody else has put one of them there. */
  read({ headers }: FastifyRequest): string | undefined {
    const found = (headers.cookie ?? '').split(';').flatMap((pair) => {
      const [name, ...value] = pair.split('=');
      return name?.trim() === this.name ? [value.join('=').trim()] : [];
    });
    return found.length === 1 ? found[0] : undefined;
  }

  set(reply: FastifyReply, value: string, seconds: number): void {
    void reply.header('Set-Cookie', `${this.name}=${value}; Max-Age=${seconds}; ${this.#attributes}`);
  }

  clear(reply: FastifyReply): void {
    this.set(reply, '', 0);
  }
}

/** The cookie that carries a session. */
export const SESSION_COOKIE = 'capward';
