import type { Scope } from '../access/scope.ts';

/** What a workload's token has to say in one of its claims. */
export interface ClaimCondition {
  readonly claim: string;
  /** The value; `*` stands for anything without `/` and `:`, `**` for anything. */
  readonly pattern: string;
}

/** Which workloads of which platform get a token, for which service account. */
export interface WorkloadRule {
  readonly name: string;
  readonly issuer: string;
  readonly audience: string;
  /** All of them have to hold. */
  readonly claims: readonly ClaimCondition[];
  /** The service account that the token acts for. */
  readonly memberId: string;
  readonly teamIds: readonly string[];
  readonly scopes: readonly Scope[];
  /** Life of the token, 60 at the most. */
  readonly maxMinutes: number;
  readonly enabled: boolean;
  readonly setBy: string;
  readonly setAt: Date;
}

const MAX_VALUE = 1_000;

/**
 * Claims by which platforms say whose a workload is: GitHub, GitLab, Buildkite, Bitbucket, Terraform. The others say what
 * it does (ref, event_name …), or what every token for us says (iss, aud): everybody's workloads can.
 */
const OWNER_CLAIMS: readonly string[] = [
  'sub',
  'repository',
  'repository_id',
  'repository_owner',
  'repository_owner_id',
  'enterprise',
  'enterprise_id',
  'project_path',
  'project_id',
  'namespace_path',
  'namespace_id',
  'organization_slug',
  'organization_id',
  'workspaceUuid',
  'repositoryUuid',
  'terraform_organization_id',
];

/** Kind of subject that stands before its owner: `repo:acme/web:ref:…`, `system:serviceaccount:shop:deploy`. */
const KIND_OF_SUBJECT = /^(?:system:serviceaccount:|[^:/*]*:)?\/*/;

/**
 * Whether a condition says whose the workload has to be: who owns it stands in full in the pattern, with what ends it, so
 * that `acme*` is not taken for a name.
 */
export function namesOwner({ claim, pattern }: ClaimCondition): boolean {
  if (!OWNER_CLAIMS.includes(claim)) return false;
  const rest = claim === 'sub' ? pattern.replace(KIND_OF_SUBJECT, '') : pattern;
  return rest.includes('*') ? /^[^*/:]+[/:]/.test(rest) : rest !== '';
}

/** The claims that a rule asks for, as the token has them; undefined where one of them does not hold. */
export function matchedClaims(
  { claims }: Pick<WorkloadRule, 'claims'>,
  token: Readonly<Record<string, unknown>>,
): Readonly<Record<string, string>> | undefined {
  const matched: Record<string, string> = {};
  for (const { claim, pattern } of claims) {
    const value = Object.hasOwn(token, claim) ? token[claim] : undefined;
    // Lists and objects never hold: whoever writes a rule means one value.
    if (typeof value !== 'string' || value.length > MAX_VALUE || !fits(pattern, value)) return undefined;
    matched[claim] = value;
  }
  return claims.length === 0 ? undefined : matched;
}

/** Whether a text fits a pattern, in time proportional to the product of their lengths. */
export function fits(pattern: string, text: string): boolean {
  // `reached` holds the places in the text that the pattern so far leads to.
  let reached = new Set([0]);
  for (const part of pattern.split(/(\*{1,2})/)) {
    if (part === '') continue;
    reached = part.startsWith('*') ? stretched(reached, text, part === '**') : advanced(reached, text, part);
  }
  return reached.has(text.length);
}

function advanced(reached: ReadonlySet<number>, text: string, literal: string): Set<number> {
  const places = [...reached].filter((at) => text.startsWith(literal, at));
  return new Set(places.map((at) => at + literal.length));
}

function stretched(reached: ReadonlySet<number>, text: string, anything: boolean): Set<number> {
  const next = new Set<number>();
  for (let at = 0, open = false; at <= text.length; at += 1) {
    open ||= reached.has(at);
    if (open) next.add(at);
    const letter = text.charAt(at);
    if (!anything && (letter === '/' || letter === ':')) open = false;
  }
  return next;
}
