import type { RuleFactsFragment } from '../api/operations.gen.ts';
import { platformOf } from './platforms.ts';

/** What a job runs to get its token, in the words of its platform. `docs/identity.md` has the same. */
export function jobLines({ issuer, audience, claims }: RuleFactsFragment, org: string, address: string): string {
  const exchange = (token: string, indent: string): string =>
    [
      `CAPWARD_TOKEN=$(curl -fsS ${address}/v1/token-exchange \\`,
      '  -d grant_type=urn:ietf:params:oauth:grant-type:token-exchange \\',
      '  -d subject_token_type=urn:ietf:params:oauth:token-type:jwt \\',
      `  -d audience=${org} -d subject_token="${token}" | jq -r .access_token)`,
    ]
      .map((line) => indent + line)
      .join('\n');
  switch (platformOf(issuer, claims)) {
    case 'github':
      return `permissions:
  id-token: write
steps:
  - run: |
      JOB=$(curl -sS -H "Authorization: Bearer $ACTIONS_ID_TOKEN_REQUEST_TOKEN" \\
        "$ACTIONS_ID_TOKEN_REQUEST_URL&audience=${encodeURIComponent(audience)}" | jq -r .value)
${exchange('$JOB', '      ')}`;
    case 'gitlab':
      return `id_tokens:
  JOB:
    aud: ${JSON.stringify(audience)}
script:
  - |
${exchange('$JOB', '    ')}`;
    case 'other':
      return exchange('$JOB', '');
  }
}
