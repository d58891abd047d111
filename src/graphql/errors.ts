import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { DomainError, type ErrorCode } from '../kernel/errors.ts';

/** What Apollo and graphql-js call what is wrong with a request, in our words. */
const TRANSPORT_CODES: Readonly<Record<string, ErrorCode>> = {
  GRAPHQL_PARSE_FAILED: 'INVALID_INPUT',
  GRAPHQL_VALIDATION_FAILED: 'INVALID_INPUT',
  BAD_USER_INPUT: 'INVALID_INPUT',
  BAD_REQUEST: 'INVALID_INPUT',
  OPERATION_RESOLUTION_FAILURE: 'INVALID_INPUT',
  PERSISTED_QUERY_NOT_FOUND: 'INVALID_INPUT',
  PERSISTED_QUERY_NOT_SUPPORTED: 'INVALID_INPUT',
};

/** What graphql-js finds wrong with arguments only once it runs. */
const WRONG_ARGUMENT = /^(Argument|Variable) "/;

const TOO_MANY_TOKENS = /Document contains more (that|than) \d+ tokens/;

/** What Capward itself refuses before a resolver runs. */
export function refusal(
  code: ErrorCode,
  message: string,
  status: number,
  headers: Readonly<Record<string, string>> = {},
): GraphQLError {
  return new GraphQLError(message, {
    extensions: { code, http: { status, headers: new Map(Object.entries(headers)) } },
  });
}

/** The domain error behind whatever a resolver threw, or undefined for a fault of ours. */
export function domainErrorBehind(error: unknown): DomainError | undefined {
  let link = error;
  while (link instanceof GraphQLError && link.originalError !== undefined) link = link.originalError;
  return link instanceof DomainError ? link : undefined;
}

/** An error as callers see it: one closed set of codes, and of our own faults nothing but the id of the request. */
export function presentError(
  formatted: GraphQLFormattedError,
  error: unknown,
  requestId: () => string,
): GraphQLFormattedError {
  const { path, locations } = formatted;
  const where = { ...(path === undefined ? {} : { path }), ...(locations === undefined ? {} : { locations }) };
  const domain = domainErrorBehind(error);
  if (domain !== undefined) {
    const issues = domain.issues.length > 0 ? { issues: domain.issues } : {};
    return { message: domain.message, ...where, extensions: { code: domain.code, ...issues } };
  }
  const code = formatted.extensions?.['code'];
  if (TOO_MANY_TOKENS.test(formatted.message)) {
    return {
      message: `the query is too long: ${formatted.message}`,
      ...where,
      extensions: { code: 'QUERY_TOO_COSTLY' },
    };
  }
  const known = codeOfRequest(formatted.message, code);
  if (known !== undefined) return { message: formatted.message, ...where, extensions: { code: known } };
  const id = requestId();
  return {
    message: `something went wrong here; quote request ${id}`,
    ...where,
    extensions: { code: 'INTERNAL', requestId: id },
  };
}

/** What is wrong with a request by itself, as Apollo, graphql-js or a refusal of ours says it; undefined where nothing is. */
export function codeOfRequest(message: string, code: unknown): ErrorCode | undefined {
  if (WRONG_ARGUMENT.test(message)) return 'INVALID_INPUT';
  if (code === 'QUERY_TOO_COSTLY' || code === 'INVALID_INPUT' || code === 'RATE_LIMITED') return code;
  return typeof code === 'string' ? TRANSPORT_CODES[code] : undefined;
}
