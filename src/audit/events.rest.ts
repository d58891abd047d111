import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Actor } from '../access/actor.ts';
import type { RequestAuth } from '../http/request-auth.ts';
import { invalidInput } from '../kernel/errors.ts';
import type { EventStreams, Told } from './event-stream.ts';

type Streaming = Pick<RequestAuth, 'authenticate' | 'authenticateAgain'>;

/** That something happened, as it happens: for pages that want to show the present. */
export function installEvents(app: FastifyInstance, streams: EventStreams, auth: Streaming): void {
  // Streams never end by themselves, and the server waits for what has begun.
  app.addHook('preClose', async () => streams.end());
  app.get('/v1/events', { schema: description, exposeHeadRoute: false }, async (request, reply) => {
    const { actor } = await auth.authenticate(request);
    return streamTo(reply, textOf(openStream(request, reply, streams, auth, actor)));
  });
}

/** What one reader is told, once they have a place among the streams: until they leave, or may be told no more. */
export function openStream(
  request: FastifyRequest,
  reply: FastifyReply,
  streams: EventStreams,
  auth: Streaming,
  actor: Actor,
): AsyncGenerator<Told> {
  const after = lastSeen(request);
  const leave = streams.admit(actor);
  // However it ends: by us, by the reader, or because the credential does not count any more.
  const gone = new AbortController();
  reply.raw.once('close', () => {
    gone.abort();
    leave();
  });
  const again = async () => (await auth.authenticateAgain(request)).actor;
  return streams.tell(actor, after, again, gone.signal);
}

/** Answers with server-sent events. */
export function streamTo(reply: FastifyReply, text: AsyncIterable<string>): FastifyReply {
  return reply
    .type('text/event-stream')
    .header('cache-control', 'no-store')
    .header('x-accel-buffering', 'no')
    .send(Readable.from(text));
}

/** Says nothing, and shows that the stream lives. */
export const BREATH = ': still here\n\n';

/** Where the reader is, from which they go on if the connection breaks before anything happens. */
export const placeOf = (seq: bigint): string => `retry: 2000\nid: ${seq}\n`;

async function* textOf(stream: AsyncIterable<Told>): AsyncGenerator<string> {
  for await (const told of stream) {
    if (told.event === 'quiet') yield BREATH;
    else if (told.event === 'hello') yield `${placeOf(told.seq)}event: hello\ndata: {}\n\n`;
    else yield `id: ${told.seq}\nevent: ${told.event}\ndata: {}\n\n`;
  }
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
