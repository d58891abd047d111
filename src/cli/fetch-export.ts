import { DomainError, type ErrorCode } from '../kernel/errors.ts';
import { type ExportAnswer, readAnswer } from './export-answer.ts';
import { type About, type Copy, dropCopies, readCopy, writeCopy } from './kept-copy.ts';
import { type Server, serverOf } from './server.ts';

/** Which profile, in which format. */
export interface Asked {
  readonly team: string;
  readonly profile: string;
  readonly format: string;
  readonly revision: number | undefined;
}

/** How long a server may take before it counts as out of reach (milliseconds). */
const TIMEOUT = 10_000;
const HOUR = 3_600_000;

/**
 * The content to print. Every good answer is kept; the copy is used only where the caller allows it and the server
 * cannot be reached, never where it answers no.
 */
export async function fetchExport(
  asked: Asked,
  options: { readonly maxStaleHours: number | undefined },
): Promise<string> {
  const server = serverOf(process.env);
  // Outside of the try: a request that cannot be made is no server that cannot be reached.
  const request = new Request(addressOf(server, asked), {
    headers: { Accept: 'application/json', Authorization: `Bearer ${server.token}` },
    signal: AbortSignal.timeout(TIMEOUT),
  });
  let answer: ExportAnswer;
  try {
    answer = await readAnswer(await fetch(request));
  } catch (error) {
    return fallBack(server, asked, options.maxStaleHours, reasonOf(error));
  }
  if (answer instanceof DomainError) {
    const ended = endedBy(answer.code);
    if (ended !== undefined) await dropCopies(server, asked, ended);
    throw answer;
  }
  const { content, digest, expiresAt } = answer;
  const printed = content.endsWith('\n') ? content : `${content}\n`;
  await writeCopy(server, asked, { content: printed, digest, expiresAt, fetchedAt: new Date().toISOString() });
  return printed;
}

/**
 * Which copies a no ends; none where the question itself was wrong, or came too often. A format that cannot carry the
 * profile says nothing about the others.
 */
function endedBy(code: ErrorCode): About | undefined {
  if (code === 'UNAUTHENTICATED') return 'caller';
  if (code === 'UNSUPPORTED_BY_FORMAT') return 'format';
  const ofProfile: readonly ErrorCode[] = ['NOT_FOUND', 'FORBIDDEN', 'REVISION_SUPERSEDED'];
  return ofProfile.includes(code) || code.startsWith('PROFILE_') ? 'profile' : undefined;
}

function addressOf({ url }: Server, { team, profile, format, revision }: Asked): string {
  const query = new URLSearchParams({ format, ...(revision === undefined ? {} : { revision: String(revision) }) });
  return `${url}/v1/teams/${encodeURIComponent(team)}/profiles/${encodeURIComponent(profile)}/export?${query.toString()}`;
}

async function fallBack(server: Server, asked: Asked, maxStaleHours: number | undefined, why: string): Promise<string> {
  const away = (more: string) => new DomainError('UNAVAILABLE', `${server.url} cannot be reached (${why})${more}`);
  const copy = await readCopy(server, asked);
  if (maxStaleHours === undefined) {
    throw away(copy === undefined ? '' : `; --max-stale HOURS would use the copy of ${copy.fetchedAt}`);
  }
  if (copy === undefined) throw away(', and there is no copy of an earlier answer');
  const refusal = whyUnusable(copy, maxStaleHours, new Date());
  if (refusal !== undefined) throw away(`, and ${refusal}`);
  process.stderr.write(
    `capward: ${server.url} cannot be reached (${why}): this is what was approved at ${copy.fetchedAt}\n`,
  );
  return copy.content;
}

function whyUnusable(copy: Copy, maxStaleHours: number, now: Date): string | undefined {
  if (copy.expiresAt !== null && new Date(copy.expiresAt) <= now) return `the approval ran out at ${copy.expiresAt}`;
  const age = now.getTime() - new Date(copy.fetchedAt).getTime();
  return age > maxStaleHours * HOUR ? `the copy of ${copy.fetchedAt} is older than ${maxStaleHours} hours` : undefined;
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError') return `no answer within ${TIMEOUT / 1000} s`;
  const { cause } = error;
  return cause instanceof Error ? cause.message || String((cause as NodeJS.ErrnoException).code) : error.message;
}
