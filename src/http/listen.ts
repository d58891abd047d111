import type { FastifyInstance } from 'fastify';
import { DomainError } from '../kernel/errors.ts';

/**
 * Begins to listen; gives the address.
 * @throws DomainError UNAVAILABLE where the port is taken or not ours to take
 */
export async function listen(http: FastifyInstance, host: string, port: number): Promise<string> {
  try {
    return await http.listen({ host, port });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'EADDRINUSE' && code !== 'EACCES') throw error;
    const why = code === 'EACCES' ? 'may not be taken' : 'is taken';
    throw new DomainError('UNAVAILABLE', `port ${port} of ${host} ${why}: PORT=… says another one`);
  }
}
