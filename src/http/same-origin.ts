import type { FastifyRequest } from 'fastify';
import { DomainError } from '../kernel/errors.ts';

/** What a browser sends on its own changes nothing: it takes this header, which no form and no link can set. */
export const CSRF_HEADER = 'X-Capward-CSRF';

/**
 * Refuses what a page of somebody else made a browser send.
 * @param publicUrl the address at which people use the service
 * @throws DomainError FORBIDDEN
 */
export function requireSameOrigin({ headers }: FastifyRequest, publicUrl: string): void {
  if (headers[CSRF_HEADER.toLowerCase()] !== '1') throw refused(`it takes the header "${CSRF_HEADER}: 1"`);
  const site = headers['sec-fetch-site'];
  // Browsers say which site a request comes from; old ones say at least its origin.
  const isOurs = site === undefined ? headers.origin === new URL(publicUrl).origin : site === 'same-origin';
  if (!isOurs) throw refused(`it does not come from a page of ${new URL(publicUrl).origin}`);
}

function refused(why: string): DomainError {
  return new DomainError('FORBIDDEN', `a change with the cookie of a session is refused: ${why}`);
}
