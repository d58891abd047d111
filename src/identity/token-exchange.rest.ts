import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { RequestAuth } from '../http/request-auth.ts';
import { readInput } from '../kernel/input.ts';
import { exchangeToken } from './exchange-token.ts';
import type { IdentityPorts } from './ports.ts';

const GRANT = 'urn:ietf:params:oauth:grant-type:token-exchange';
const TOKEN_TYPES = ['urn:ietf:params:oauth:token-type:jwt', 'urn:ietf:params:oauth:token-type:id_token'] as const;
const ISSUED = 'urn:ietf:params:oauth:token-type:access_token';

const form = z.object({
  grant_type: z.literal(GRANT, `has to be ${GRANT}`),
  subject_token: z.string('the token of the workload').min(1).max(16_384),
  subject_token_type: z.enum(TOKEN_TYPES, `one of ${TOKEN_TYPES.join(', ')}`),
  audience: z.string('the short name of the organization').min(1).max(100),
});

/** The exchange of tokens of RFC 8693, for workloads: CI jobs with a token that their platform has signed. */
export function installTokenExchange(app: FastifyInstance, ports: IdentityPorts, auth: RequestAuth): void {
  // Forms are read here only: a page of somebody else could send one to anywhere.
  void app.register(async (scope) => {
    scope.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) =>
      done(null, fieldsOf(new URLSearchParams(String(body)))),
    );
    scope.post('/v1/token-exchange', { schema: description }, async (request, reply) => {
      auth.requirePatience(request, 'exchange');
      const { audience, subject_token: subjectToken } = readInput(form, request.body);
      const { secret, token, expiresIn } = await auth.slowed(request, () =>
        exchangeToken(ports, { org: audience, subjectToken }),
      );
      return reply.header('Cache-Control', 'no-store').send({
        access_token: secret,
        issued_token_type: ISSUED,
        token_type: 'Bearer',
        expires_in: expiresIn,
        scope: token.scopes.join(' '),
      });
    });
  });
}

/** Fields by name; one that is given twice is none that can be read. */
function fieldsOf(query: URLSearchParams): Record<string, string | readonly string[]> {
  const fields: Record<string, string | readonly string[]> = {};
  for (const name of new Set(query.keys())) {
    const values = query.getAll(name);
    const [only = ''] = values;
    fields[name] = values.length === 1 ? only : values;
  }
  return fields;
}

const description = {
  summary: 'Exchange the token of a CI job for a short one (RFC 8693)',
  description:
    'Form fields: grant_type, subject_token, subject_token_type, and audience, which is the short name of the organization.',
  tags: ['identity'],
  consumes: ['application/x-www-form-urlencoded'],
};
