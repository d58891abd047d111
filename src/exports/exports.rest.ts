import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Authenticated } from '../access/authenticate.ts';
import type { Ports } from '../access/ports.ts';
import { shownScore } from '../engine/risk.ts';
import { FORMAT_IDS, FORMATS, type FormatId } from '../formats/formats.ts';
import { prefersJson } from '../http/accept.ts';
import { readInput } from '../kernel/input.ts';
import { type Exported, exportProfile } from './export-profile.ts';

const query = z.object({
  format: z.enum(FORMAT_IDS, `one of ${FORMAT_IDS.join(', ')}`),
  revision: z
    .string()
    .regex(/^[1-9]\d{0,8}$/, 'the number of a revision: 1, 2, 3 …')
    .transform(Number)
    .optional(),
});

interface Params {
  readonly team: string;
  readonly name: string;
}

/** The export of what is approved, for deploy tooling. It is asked often, so that it revalidates rather than expires. */
export function installExports(
  app: FastifyInstance,
  ports: Ports,
  authenticate: (request: FastifyRequest) => Promise<Authenticated>,
): void {
  app.get<{ Params: Params }>(
    '/v1/teams/:team/profiles/:name/export',
    { schema: description },
    async (request, reply) => {
      const authenticated = await authenticate(request);
      const { team, name } = request.params;
      const { format, revision } = readInput(query, request.query);
      const exported = await exportProfile(ports, authenticated, { team, profile: name, format, revision });
      const asJson = prefersJson(request.headers.accept, FORMATS[format].mediaType);
      const { etag, headers, mediaType, body } = answerOf(exported, format, asJson);
      void reply.headers(headers);
      if (matches(request.headers['if-none-match'], etag)) return reply.code(304).send();
      return reply.type(mediaType).send(body);
    },
  );
}

/** An export as it is said over HTTP. */
interface Answer {
  readonly etag: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly mediaType: string;
  readonly body: string;
}

/** What was made of exports that are remembered: put into words once, not each time that somebody asks. */
const texts = new WeakMap<Exported, Answer>();
const jsons = new WeakMap<Exported, Answer>();

function answerOf(exported: Exported, format: FormatId, asJson: boolean): Answer {
  const answers = asJson ? jsons : texts;
  const known = answers.get(exported);
  if (known !== undefined) return known;
  const answer = newAnswer(exported, format, asJson);
  answers.set(exported, answer);
  return answer;
}

function newAnswer(exported: Exported, format: FormatId, asJson: boolean): Answer {
  const { revision, content } = exported;
  const etag = etagOf(exported, asJson);
  return {
    etag,
    headers: {
      etag,
      // Revocation must take effect at once: copies are kept, but never used without asking.
      'cache-control': 'private, no-cache',
      'last-modified': (revision.approvedAt ?? revision.createdAt).toUTCString(),
      vary: 'Accept, Authorization, Cookie',
      ...(exported.emergency === null ? {} : { 'capward-emergency': exported.emergency.endsAt.toISOString() }),
    },
    mediaType: asJson ? 'application/json; charset=utf-8' : FORMATS[format].mediaType,
    body: asJson ? JSON.stringify(bodyOf(exported, format)) : `${content}\n`.replace(/\n\n$/, '\n'),
  };
}

/** The revision's digest; JSON says more than the digest covers (which revision, until when), and so do its tags. */
function etagOf({ revision }: Exported, asJson: boolean): string {
  if (!asJson) return `"${revision.digest}"`;
  return `"${revision.digest};revision=${revision.number};expires=${revision.expiresAt?.getTime() ?? 'never'}"`;
}

function matches(ifNoneMatch: string | undefined, etag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  return ifNoneMatch.split(',').some((tag) => {
    const bare = tag.trim().replace(/^W\//, '');
    return bare === '*' || bare === etag;
  });
}

function bodyOf({ profile, revision, content, emergency }: Exported, format: string) {
  const { micro, tier } = revision.risk;
  return {
    team: profile.team.slug,
    profile: profile.name,
    revision: revision.number,
    digest: revision.digest,
    format,
    content,
    risk: { score: shownScore(micro), tier: tier.toUpperCase() },
    expiresAt: (emergency?.endsAt ?? revision.expiresAt)?.toISOString() ?? null,
    ...(emergency === null ? {} : { emergency: { person: emergency.member.login, reason: emergency.reason } }),
  };
}

const description = {
  summary: 'The approved profile, in a format that deploy tooling takes',
  description:
    'Only what is approved and in force; anything else is an error that says why. `ETag` is the digest of the revision.',
  tags: ['exports'],
  security: [{ token: [] }],
  params: {
    type: 'object',
    properties: {
      team: { type: 'string', description: 'Slug of the team' },
      name: { type: 'string', description: 'Name of the profile' },
    },
  },
  querystring: {
    type: 'object',
    required: ['format'],
    properties: {
      format: { type: 'string', enum: [...FORMAT_IDS], description: 'The format' },
      revision: { type: 'integer', minimum: 1, description: 'The number that the revision in force must have' },
    },
  },
};
