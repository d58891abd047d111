/** A platform whose jobs have a token of their own. */
export interface Platform {
  readonly id: 'github' | 'gitlab' | 'other';
  readonly title: string;
  /** As the claim `iss` has it; empty where it differs. */
  readonly issuer: string;
  /** What tells its jobs apart, and what to begin with. */
  readonly claims: readonly { readonly claim: string; readonly pattern: string }[];
}

export const GITHUB: Platform = {
  id: 'github',
  title: 'GitHub Actions',
  issuer: 'https://token.actions.githubusercontent.com',
  claims: [
    { claim: 'repository', pattern: '' },
    { claim: 'ref', pattern: 'refs/heads/main' },
  ],
};

export const PLATFORMS: readonly Platform[] = [
  GITHUB,
  {
    id: 'gitlab',
    title: 'GitLab CI',
    issuer: 'https://gitlab.com',
    claims: [
      { claim: 'project_path', pattern: '' },
      { claim: 'ref_type', pattern: 'branch' },
      { claim: 'ref', pattern: 'main' },
    ],
  },
  { id: 'other', title: 'Another', issuer: '', claims: [{ claim: 'sub', pattern: '' }] },
];

const isGitlab = (claims: Platform['claims']): boolean =>
  claims.some(({ claim }) => /^(project_path|namespace_path|project_id|ref_type)$/.test(claim));

/** Which platform a rule speaks of, as far as it can be told. */
export function platformOf(issuer: string, claims: Platform['claims']): Platform['id'] {
  if (issuer === GITHUB.issuer) return 'github';
  return isGitlab(claims) ? 'gitlab' : 'other';
}
