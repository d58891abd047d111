/**
 * What every answer tells browsers: it is data, to be shown, framed, run and remembered by nobody. One object for all
 * answers, since these are most of what an export says. `/graphiql`, which is a page, has a policy of its own.
 */
export const SECURITY_HEADERS = {
  'content-security-policy': "default-src 'none';frame-ancestors 'none'",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'origin-agent-cluster': '?1',
  'referrer-policy': 'no-referrer',
  // Counts only where TLS ends before us; browsers leave it alone over plain HTTP.
  'strict-transport-security': 'max-age=31536000; includeSubDomains',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
} as const satisfies Readonly<Record<string, string>>;
