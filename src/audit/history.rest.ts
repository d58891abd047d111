import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Authenticated } from '../access/authenticate.ts';
import type { Ports } from '../access/ports.ts';
import type { RequestAuth } from '../http/request-auth.ts';
import { readInput } from '../kernel/input.ts';
import type { AuditEventView } from './audit-reads.ts';
import { HISTORY_FILES, HISTORY_FORMATS, type HistoryFormat } from './history-file.ts';
import { readWholeHistory } from './read-whole-history.ts';

const query = z.object({
  format: z.enum(HISTORY_FORMATS, `one of ${HISTORY_FORMATS.join(', ')}`),
  team: z.string().optional(),
  profile: z.string().optional(),
  action: z.string().optional(),
  actor: z.string().optional(),
});

/** What a thousand rows cost, beside other requests (docs/identity.md, limits). */
const COST_OF_A_THOUSAND = 50;

/** The history as a file, however long it is: it is sent as it is read. */
export function installHistory(
  app: FastifyInstance,
  ports: Ports,
  authenticate: (request: FastifyRequest) => Promise<Authenticated>,
  auth: Pick<RequestAuth, 'goOn'>,
): void {
  // Without HEAD: it would read all of it, for nobody.
  app.get('/v1/audit-events', { schema: description, exposeHeadRoute: false }, async (request, reply) => {
    const { actor } = await authenticate(request);
    const { format, ...asked } = readInput(query, request.query);
    // A download takes as long as its reader: whoever may not any more gets no further.
    const pages = await readWholeHistory(ports, actor, asked, () => auth.goOn(request, COST_OF_A_THOUSAND));
    return reply
      .type(HISTORY_FILES[format].mediaType)
      .header('cache-control', 'no-store')
      .header('content-disposition', `attachment; filename="history.${format}"`)
      .send(Readable.from(linesOf(pages, format)));
  });
}

async function* linesOf(
  pages: AsyncIterable<readonly AuditEventView[]>,
  format: HistoryFormat,
): AsyncGenerator<string> {
  const file = HISTORY_FILES[format];
  yield file.head;
  for await (const page of pages) yield page.map((event) => file.line(event)).join('');
}

const description = {
  summary: 'The history as a file, newest first',
  description:
    'What `auditEvents` gives, all of it. CSV for spreadsheets; NDJSON is the records that the leaf hashes are of.',
  tags: ['history'],
  security: [{ token: [] }],
  querystring: {
    type: 'object',
    required: ['format'],
    properties: {
      format: { type: 'string', enum: [...HISTORY_FORMATS], description: 'The format' },
      team: { type: 'string', description: 'Only what concerns the team with this slug' },
      profile: { type: 'string', description: 'Only what concerns this profile of the team' },
      action: { type: 'string', description: 'Only this action' },
      actor: { type: 'string', description: 'Only what this member did: their login' },
    },
  },
};
