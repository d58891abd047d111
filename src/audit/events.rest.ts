import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Ports } from '../access/ports.ts';
import type { RequestAuth } from '../http/request-auth.ts';
import { invalidInput } from '../kernel/errors.ts';
import { EventStreams } from './event-stream.ts';

/** That something happened, as it happens: for pages that want to show the present. */
export function installEvents(
  app: FastifyInstance,
  ports: Ports,
  auth: Pick<RequestAuth, 'authenticate' | 'authenticateAgain'>,
): void {
  const streams = new EventStreams(ports);
  // Streams never end by themselves, and the server waits for what has begun.
  app.addHook('preClose', async () => streams.end());
  app.get('/v1/events', { schema: description, exposeHeadRoute: false }, async (request, reply) => {
    const { actor } = await auth.authenticate(request);
    const after = lastSeen(request);
    const leave = streams.admit(actor);
    // However it ends: by us, by the reader, or because the credential does not count any more.
    const gone = new AbortController();
    reply.raw.once('close', () => {
      gone.abort();
      leave();
    });
    const again = async () => (await auth.authenticateAgain(request)).actor;
    const stream = Readable.from(streams.listen(actor, after, again, gone.signal));
    return reply
      .type('text/event-stream')
      .header('cache-control', 'no-store')
      .header('x-accel-buffering', 'no')
      .send(stream);
  });
}

/** The number after which the reader goes on. */
function lastSeen(request: FastifyRequest): bigint | undefined {
  const id = request.headers['last-event-id'];
  if (id === undefined) return undefined;
  if (typeof id !== 'string' || !/^\d{1,18}$/.test(id)) {
    throw invalidInput('Last-Event-ID', 'the id of an event of this stream');
  }
  return BigInt(id);
}

const description = {
  summary: 'That something happened, as server-sent events',
  description:
    'Events `happened` carry the number in the history as id and nothing else; `missed` says that there was too much to ' +
    'tell. What happened is asked for by GraphQL. `Last-Event-ID` goes on where a connection broke.',
  tags: ['history'],
  security: [{ token: [] }],
};
