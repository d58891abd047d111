import { DomainError, ERROR_CODES, type ErrorCode } from '../kernel/errors.ts';

/** What was approved, or what Capward says no with. */
export type ExportAnswer = ExportBody | DomainError;

export interface ExportBody {
  readonly content: string;
  /** Of the revision. */
  readonly digest: string;
  /** When the approval runs out (ISO 8601); null for never. */
  readonly expiresAt: string | null;
}

/**
 * Reads what the server answers.
 * @throws Error where it is not Capward that answers (a proxy, a portal), where it cannot answer now, and where the
 *   answer is cut off
 */
export async function readAnswer(response: Response): Promise<ExportAnswer> {
  const { status, ok } = response;
  if (status >= 500) throw new Error(`the server answers ${status}`);
  const body = parsed(await response.text());
  if (ok && isExportBody(body)) return body;
  if (!ok && isProblemType(response.headers.get('content-type')) && isProblem(body)) {
    return new DomainError(body.code, body.detail);
  }
  throw new Error(`what answers ${status} there is not Capward`);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isExportBody(body: unknown): body is ExportBody {
  if (!isRecord(body) || typeof body['content'] !== 'string' || typeof body['digest'] !== 'string') return false;
  const expiresAt = body['expiresAt'];
  return expiresAt === null || (typeof expiresAt === 'string' && !Number.isNaN(Date.parse(expiresAt)));
}

/** Other services have `code` in their JSON, too. */
function isProblemType(contentType: string | null): boolean {
  return contentType?.split(';', 1)[0]?.trim().toLowerCase() === 'application/problem+json';
}

function isProblem(body: unknown): body is { readonly code: ErrorCode; readonly detail: string } {
  return (
    isRecord(body) && (ERROR_CODES as readonly unknown[]).includes(body['code']) && typeof body['detail'] === 'string'
  );
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
