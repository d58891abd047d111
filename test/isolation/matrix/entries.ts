import { SCOPES, type Scope } from '../../../src/access/scope.ts';
import { PAGES } from '../../../src/http/web-page.ts';
import type { ErrorCode } from '../../../src/kernel/errors.ts';
import { DEFAULT_POLICY } from '../../../src/policy/policy-document.ts';
import type { Target } from './targets.ts';

/** Everybody who could ask, each with a token of every scope. */
export const ROLES = [
  'owner',
  'approver',
  'auditor',
  'maintainer',
  'author',
  'colleague',
  'outsider',
  'deployer',
] as const;
export type Role = (typeof ROLES)[number];

/** How an operation on one's own tenant ends: with an answer, or refused. */
export type Ending = 'ok' | ErrorCode;

export interface Entry {
  /** `Query.team`, `Mutation.createTeam`; with a word behind it where one field has several. */
  readonly field: string;
  readonly query: string;
  readonly variables: (target: Target) => Record<string, unknown>;
  /** How it ends for each role; all those not named are refused with the first one. */
  readonly own: { readonly others: Ending } & Partial<Record<Role, Ending>>;
  /** A token of the owner with any one of these scopes suffices; empty where every token does. */
  readonly scopes: readonly Scope[] | 'every';
  /** Whether it may have nothing to say; what finds something has to show it otherwise. */
  readonly mayBeEmpty?: true;
}

const ALL_MAY = { others: 'ok' } as const;
const OWNER_MAY = { others: 'FORBIDDEN', owner: 'ok' } as const;

const NOTHING = (): Record<string, unknown> => ({});
const page = '{ nodes { __typename } pageInfo { endCursor hasNextPage } }';

function mutation(verb: string, payload: string): string {
  const type = `${verb.charAt(0).toUpperCase()}${verb.slice(1)}Input`;
  return `mutation ($input: ${type}!) { ${verb}(input: $input) { ${payload} } }`;
}

/** Questions about capabilities as such: everybody with a token may ask, and no tenant is in the answer. */
function openQueries(queries: Readonly<Record<string, string>>): Entry[] {
  return Object.entries(queries).map(([field, query]) => ({
    field: `Query.${field}`,
    query,
    variables: NOTHING,
    own: ALL_MAY,
    scopes: [],
  }));
}

let people = 0;

/** One entry at least for every field of Query and Mutation: a field without one fails the test. */
export const ENTRIES: readonly Entry[] = [
  {
    field: 'Query.viewer',
    query: '{ viewer { organization { id slug } member { login orgRole } scopes teams { role team { slug } } } }',
    variables: NOTHING,
    own: ALL_MAY,
    scopes: [],
  },
  {
    field: 'Query.viewer tokens',
    query: '{ viewer { tokens { id name scopes owner { login } teams { slug } } } }',
    variables: NOTHING,
    own: { ...ALL_MAY, deployer: 'FORBIDDEN' },
    scopes: ['admin'],
  },
  {
    field: 'Query.team',
    query: 'query ($team: String!) { team(slug: $team) { id name members { role member { login orgRole } } } }',
    variables: ({ team }) => ({ team }),
    own: ALL_MAY,
    scopes: ['profiles:read'],
  },
  {
    field: 'Query.teams',
    query: `{ teams(first: 100) ${page} }`,
    variables: NOTHING,
    own: ALL_MAY,
    scopes: ['profiles:read'],
  },
  {
    field: 'Query.profile',
    query: `query ($team: String!, $profile: String!) { profile(team: $team, name: $profile) {
      id team { slug } standing approved { digest export(format: DOCKER_RUN) } pending { id } revisions ${page} } }`,
    variables: ({ team, profile }) => ({ team, profile }),
    own: ALL_MAY,
    scopes: ['profiles:read'],
  },
  {
    field: 'Query.profiles',
    query: `query ($team: String!, $profile: String!) { profiles(team: $team, search: $profile) ${page} }`,
    variables: ({ team, profile }) => ({ team, profile }),
    own: ALL_MAY,
    scopes: ['profiles:read'],
  },
  {
    field: 'Query.members',
    query: `{ members(first: 100) ${page} }`,
    variables: NOTHING,
    own: { others: 'FORBIDDEN', owner: 'ok', approver: 'ok', auditor: 'ok' },
    scopes: ['admin'],
  },
  {
    field: 'Query.overview',
    query:
      '{ overview { tiers { tier count } capabilities { capability count } weeks { start made } medianToDecision } }',
    variables: NOTHING,
    own: ALL_MAY,
    scopes: ['profiles:read'],
  },
  {
    field: 'Query.changeRequest',
    query: `query ($request: ID!) { changeRequest(id: $request) {
      id state profile { name } revision { digest } author { login } delta { granted taken } reviews { verdict } } }`,
    variables: ({ request }) => ({ request }),
    own: ALL_MAY,
    scopes: ['profiles:read'],
  },
  {
    field: 'Query.changeRequests',
    query: `query ($team: String!) { changeRequests(team: $team) ${page} }`,
    variables: ({ team }) => ({ team }),
    own: ALL_MAY,
    scopes: ['profiles:read'],
  },
  ...openQueries({
    capabilities: '{ capabilities { name number } }',
    resolve: '{ resolve(spec: { add: ["NET_ADMIN"] }) { bounding risk { tier } } }',
    runtimes: '{ runtimes { runtime defaults } }',
    compareRuntimes: '{ compareRuntimes(spec: { add: ["NET_ADMIN"] }) { runtime verdict } }',
    operations: '{ operations { __typename } }',
    readContainers:
      '{ readContainers(from: DOCKER_RUN, files: [{ name: "x", content: "docker run nginx" }]) { name } }',
  }),
  {
    field: 'Query.auditEvents',
    query: `query ($team: String!, $profile: String) { auditEvents(team: $team, profile: $profile) ${page} }`,
    variables: ({ team, profile }) => ({ team, profile }),
    own: { ...ALL_MAY, outsider: 'FORBIDDEN' },
    scopes: ['audit:read'],
  },
  {
    field: 'Query.auditEvents of all teams',
    query: `{ auditEvents ${page} }`,
    variables: NOTHING,
    own: { others: 'FORBIDDEN', owner: 'ok', approver: 'ok', auditor: 'ok' },
    scopes: ['audit:read'],
  },
  {
    field: 'Mutation.createTeam',
    query: mutation('createTeam', 'team { slug }'),
    variables: () => ({ input: { slug: `team-${(people += 1)}`, name: 'A team' } }),
    own: OWNER_MAY,
    scopes: ['admin'],
  },
  {
    field: 'Mutation.addMember to a team',
    query: mutation('addMember', 'member { orgRole }'),
    variables: ({ team }) => ({ input: { email: `new-${(people += 1)}@people.example`, team } }),
    own: { ...OWNER_MAY, maintainer: 'ok' },
    scopes: ['admin'],
  },
  {
    field: 'Mutation.addMember to the organization',
    query: mutation('addMember', 'member { orgRole }'),
    variables: () => ({ input: { email: `new-${(people += 1)}@people.example`, orgRole: 'APPROVER' } }),
    own: OWNER_MAY,
    scopes: ['admin'],
  },
  {
    field: 'Mutation.removeMember',
    query: mutation('removeMember', 'member { orgRole } tokensKnown { id }'),
    variables: () => ({ input: { login: 'nobody@people.example' } }),
    own: { others: 'FORBIDDEN', owner: 'NOT_FOUND' },
    scopes: ['admin'],
  },
  {
    field: 'Mutation.createToken for a service account',
    query: mutation('createToken', 'token { owner { kind } }'),
    variables: ({ team }) => ({
      input: { name: 'robot', owner: `robot-${(people += 1)}`, scopes: ['admin'], teams: [team] },
    }),
    own: { ...OWNER_MAY, maintainer: 'ok' },
    scopes: ['admin'],
  },
  {
    field: 'Mutation.createToken for somebody else',
    query: mutation('createToken', 'token { owner { kind } }'),
    variables: ({ member }) => ({ input: { name: 'theirs', owner: member, scopes: ['admin'] } }),
    own: { ...OWNER_MAY, colleague: 'ok' },
    scopes: ['admin'],
  },
  {
    field: 'Query.tokens',
    query: '{ tokens { id name madeBy { login } lastUsedAt } }',
    variables: NOTHING,
    own: { ...ALL_MAY, deployer: 'FORBIDDEN' },
    scopes: ['admin'],
  },
  {
    field: 'Query.tokens of somebody else',
    query: 'query ($member: String!) { tokens(owner: $member) { id name owner { login } } }',
    variables: ({ member }) => ({ member }),
    own: { ...OWNER_MAY, colleague: 'ok' },
    scopes: ['admin'],
  },
  {
    field: 'Mutation.rotateToken',
    query: mutation('rotateToken', 'token { previousUntil }'),
    variables: ({ token }) => ({ input: { id: token } }),
    own: { others: 'NOT_FOUND', owner: 'ok', colleague: 'ok', deployer: 'FORBIDDEN' },
    scopes: 'every',
  },
  {
    field: 'Mutation.revokeToken',
    query: mutation('revokeToken', 'token { revokedAt }'),
    variables: ({ token }) => ({ input: { id: token } }),
    own: { others: 'NOT_FOUND', owner: 'ok', colleague: 'ok', deployer: 'FORBIDDEN' },
    scopes: ['admin'],
  },
  {
    field: 'Query.sessions',
    query: '{ sessions { id client isCurrent member { login } madeBy { login } } }',
    variables: NOTHING,
    own: { ...ALL_MAY, deployer: 'FORBIDDEN' },
    scopes: ['admin'],
    mayBeEmpty: true,
  },
  {
    field: 'Query.sessions of somebody else',
    query: 'query ($member: String!) { sessions(member: $member) { id client member { login } } }',
    variables: ({ member }) => ({ member }),
    own: { ...OWNER_MAY, colleague: 'ok' },
    scopes: ['admin'],
  },
  {
    field: 'Mutation.revokeSession',
    query: mutation('revokeSession', 'session { revokedAt }'),
    variables: ({ session }) => ({ input: { id: session } }),
    own: { others: 'NOT_FOUND', owner: 'ok', colleague: 'ok', deployer: 'FORBIDDEN' },
    scopes: ['admin'],
  },
  {
    field: 'Mutation.createSignInLink',
    query: mutation('createSignInLink', 'member { login }'),
    variables: ({ member }) => ({ input: { member } }),
    own: { ...OWNER_MAY, colleague: 'ok' },
    scopes: 'every',
  },
  {
    field: 'Query.workloadRules',
    query: '{ workloadRules { name claims { claim pattern } serviceAccount { login } teams { slug } } }',
    variables: NOTHING,
    own: OWNER_MAY,
    scopes: ['admin'],
    mayBeEmpty: true,
  },
  {
    field: 'Mutation.setWorkloadRule',
    query: mutation('setWorkloadRule', 'workloadRule { name }'),
    variables: ({ team }) => ({
      input: {
        name: 'deploys',
        issuer: 'https://token.actions.githubusercontent.com',
        audience: 'capward',
        claims: [{ claim: 'repository', pattern: 'acme/web' }],
        serviceAccount: 'job',
        teams: [team],
      },
    }),
    own: OWNER_MAY,
    scopes: 'every',
  },
  {
    field: 'Query.identityProviders',
    query: '{ identityProviders { name issuer setBy { login } client { hasSecret } groups { team { slug } } } }',
    variables: NOTHING,
    own: OWNER_MAY,
    scopes: ['admin'],
    mayBeEmpty: true,
  },
  {
    field: 'Mutation.setIdentityProvider',
    query: mutation('setIdentityProvider', 'identityProvider { name }'),
    variables: ({ team }) => ({
      input: {
        name: 'sso',
        issuer: 'https://sso.example',
        clientId: 'capward',
        emailDomains: ['people.example'],
        groups: [{ group: 'people', team }],
      },
    }),
    own: OWNER_MAY,
    scopes: 'every',
  },
  {
    field: 'Mutation.confirmIdentityProvider',
    query: mutation('confirmIdentityProvider', 'identityProvider { name }'),
    variables: ({ provider, providerSetAt }) => ({ input: { name: provider, setAt: providerSetAt } }),
    own: OWNER_MAY,
    scopes: ['admin'],
  },
  {
    field: 'Mutation.requestProfile',
    query: mutation('requestProfile', 'changeRequest { state }'),
    variables: ({ team }) => ({
      input: { team, name: `new-${(people += 1)}`, justification: 'as ever', spec: { drop: ['ALL'] } },
    }),
    own: { others: 'FORBIDDEN', owner: 'ok', maintainer: 'ok', author: 'ok', colleague: 'ok', deployer: 'ok' },
    scopes: ['requests:write'],
  },
  {
    field: 'Mutation.amendChangeRequest',
    query: mutation('amendChangeRequest', 'changeRequest { state }'),
    variables: ({ request }) => ({ input: { id: request, justification: 'after all', spec: { drop: ['ALL'] } } }),
    own: { others: 'FORBIDDEN', author: 'ok' },
    scopes: ['requests:write'],
  },
  {
    field: 'Mutation.withdrawChangeRequest',
    query: mutation('withdrawChangeRequest', 'changeRequest { state }'),
    variables: ({ request }) => ({ input: { id: request } }),
    own: { others: 'FORBIDDEN', author: 'ok', maintainer: 'ok', owner: 'ok' },
    scopes: ['requests:write'],
  },
  {
    field: 'Mutation.reviewChangeRequest',
    query: mutation('reviewChangeRequest', 'changeRequest { state }'),
    variables: ({ request, digest }) => ({ input: { id: request, digest, verdict: 'APPROVE' } }),
    own: { others: 'FORBIDDEN', approver: 'ok', owner: 'ok', author: 'SELF_REVIEW' },
    scopes: ['requests:review'],
  },
  {
    field: 'Mutation.revokeProfile',
    query: mutation('revokeProfile', 'profile { standing }'),
    variables: ({ team, profile }) => ({ input: { team, name: profile, reason: 'a hole' } }),
    own: { others: 'FORBIDDEN', approver: 'ok', owner: 'ok', maintainer: 'ok' },
    scopes: ['requests:review', 'requests:write'],
  },
  {
    field: 'Mutation.renewProfile',
    query: mutation('renewProfile', 'changeRequest { state }'),
    variables: ({ team, profile }) => ({ input: { team, name: profile, justification: 'still', expiresInDays: 30 } }),
    own: { others: 'FORBIDDEN', owner: 'ok', maintainer: 'ok', author: 'ok', colleague: 'ok', deployer: 'ok' },
    scopes: ['requests:write'],
  },
  {
    field: 'Mutation.commentOnChangeRequest',
    query: mutation('commentOnChangeRequest', 'changeRequest { state }'),
    variables: ({ request }) => ({ input: { id: request, body: 'why?' } }),
    own: { others: 'ok', auditor: 'FORBIDDEN', outsider: 'FORBIDDEN' },
    scopes: ['requests:review', 'requests:write'],
  },
  {
    field: 'Mutation.suggestNarrower',
    query: mutation('suggestNarrower', 'changeRequest { state }'),
    variables: ({ request, digest }) => ({
      input: { id: request, digest, spec: { drop: ['ALL'] }, body: 'it needs nothing' },
    }),
    own: { others: 'FORBIDDEN', approver: 'ok', owner: 'ok' },
    scopes: ['requests:review'],
  },
  {
    field: 'Mutation.acceptSuggestion',
    query: mutation('acceptSuggestion', 'changeRequest { state }'),
    variables: ({ request, suggestion }) => ({ input: { id: request, suggestion } }),
    own: { others: 'FORBIDDEN', author: 'ok' },
    scopes: ['requests:write'],
  },
  {
    field: 'Query.policy',
    query: '{ policy { version document inForceFrom } }',
    variables: NOTHING,
    own: ALL_MAY,
    scopes: ['profiles:read'],
  },
  {
    field: 'Query.policyProposal',
    query: `query ($proposal: ID!) { policyProposal(id: $proposal) {
      id state document digest requirements { group open } reviews { verdict } awaitsMyReview } }`,
    variables: ({ proposal }) => ({ proposal }),
    own: ALL_MAY,
    scopes: ['profiles:read'],
  },
  {
    field: 'Query.policyProposals',
    query: `{ policyProposals ${page} }`,
    variables: NOTHING,
    own: ALL_MAY,
    scopes: ['profiles:read'],
  },
  {
    field: 'Query.simulatePolicy',
    query: `query ($document: JSON!) { simulatePolicy(document: $document, last: 5) {
      changeRequest { id } inForce { automatic } draft { refused requirements { group } rules } } }`,
    variables: () => ({ document: DEFAULT_POLICY }),
    own: ALL_MAY,
    scopes: ['profiles:read'],
  },
  {
    // There is a pending proposal in the way of another one.
    field: 'Mutation.proposePolicy',
    query: mutation('proposePolicy', 'policyProposal { state }'),
    variables: () => ({ input: { document: DEFAULT_POLICY, justification: 'as it was' } }),
    own: { others: 'FORBIDDEN', owner: 'REQUEST_PENDING' },
    scopes: ['admin'],
  },
  {
    field: 'Mutation.reviewPolicyProposal',
    query: mutation('reviewPolicyProposal', 'policyProposal { state }'),
    variables: ({ proposal, policyDigest }) => ({
      input: { id: proposal, digest: policyDigest, verdict: 'REJECT' },
    }),
    // The owner of the cast has made the token that it was proposed with.
    own: { others: 'FORBIDDEN', approver: 'ok', owner: 'SELF_REVIEW', deployer: 'NOT_FOUND' },
    scopes: ['requests:review'],
  },
  {
    field: 'Mutation.withdrawPolicyProposal',
    query: mutation('withdrawPolicyProposal', 'policyProposal { state }'),
    variables: ({ proposal }) => ({ input: { id: proposal } }),
    own: OWNER_MAY,
    scopes: ['admin'],
  },
  {
    field: 'Query.emergencies',
    query: `{ emergencies ${page} }`,
    variables: NOTHING,
    own: ALL_MAY,
    scopes: ['profiles:read'],
  },
  {
    field: 'Mutation.breakGlass',
    query: mutation('breakGlass', 'emergency { usable }'),
    variables: ({ team, member }) => ({
      input: {
        team,
        name: `urgent-${(people += 1)}`,
        spec: { drop: ['ALL'] },
        reason: 'it burns',
        hours: 1,
        person: member,
      },
    }),
    own: { others: 'FORBIDDEN', approver: 'ok', owner: 'ok' },
    scopes: ['requests:review'],
  },
  {
    field: 'Mutation.closeEmergency',
    query: mutation('closeEmergency', 'emergency { closedAt }'),
    variables: ({ emergency }) => ({ input: { id: emergency, justified: true, comment: 'it did burn' } }),
    own: { others: 'FORBIDDEN', owner: 'ok', approver: 'SELF_REVIEW' },
    scopes: ['requests:review'],
  },
];

export function endingFor({ own }: Entry, role: Role): Ending {
  return own[role] ?? own.others;
}

/** What the REST routes ask of whoever calls them. */
export type Guard =
  | { readonly kind: 'public' }
  /** The rights are those of the GraphQL fields, above. */
  | { readonly kind: 'graphql' }
  | {
      readonly kind: 'token';
      readonly path: (target: Target) => string;
      readonly own: Entry['own'];
      readonly scopes: readonly Scope[];
    };

const PUBLIC: Guard = { kind: 'public' };
const EXPORT: Guard = {
  kind: 'token',
  path: ({ team, profile }) => `/v1/teams/${team}/profiles/${profile}/export?format=docker-run`,
  own: { others: 'ok', auditor: 'FORBIDDEN' },
  scopes: ['profiles:export'],
};

const HISTORY: Guard = {
  kind: 'token',
  path: () => '/v1/audit-events?format=ndjson',
  own: { others: 'FORBIDDEN', owner: 'ok', approver: 'ok', auditor: 'ok' },
  scopes: ['audit:read'],
};

const WHO: Guard = { kind: 'token', path: () => '/v1/session', own: ALL_MAY, scopes: SCOPES };

/** The page for people, and what it is made of (`/assets/*`, drawn as `/*`): the same for everybody, and nothing of anybody. */
const PAGE: Readonly<Record<string, Guard>> = Object.fromEntries(
  [...PAGES, '/*', '/favicon.svg'].flatMap((url) => [
    [`GET ${url}`, PUBLIC],
    [`HEAD ${url}`, PUBLIC],
  ]),
);

/** Every route of the service, as Fastify draws it: one without an entry fails the test. */
export const ROUTES: Readonly<Record<string, Guard>> = {
  'GET /livez': PUBLIC,
  'HEAD /livez': PUBLIC,
  'GET /readyz': PUBLIC,
  'HEAD /readyz': PUBLIC,
  'GET /metrics': PUBLIC,
  'HEAD /metrics': PUBLIC,
  'GET /v1/openapi.json': PUBLIC,
  'HEAD /v1/openapi.json': PUBLIC,
  'GET /graphiql': PUBLIC,
  'HEAD /graphiql': PUBLIC,
  'GET /graphiql*': PUBLIC,
  'HEAD /graphiql*': PUBLIC,
  ...PAGE,
  'POST /graphql': { kind: 'graphql' },
  // Before anybody is known.
  'GET /v1/sign-in': PUBLIC,
  'HEAD /v1/sign-in': PUBLIC,
  'GET /v1/sign-in/:org': PUBLIC,
  'GET /v1/sign-in/:org/callback/:provider': PUBLIC,
  'POST /v1/token-exchange': PUBLIC,
  'GET /v1/session': WHO,
  'HEAD /v1/session': WHO,
  // These take a secret of their own, or the cookie that they end.
  'POST /v1/sign-in/link': PUBLIC,
  'POST /v1/sign-out': PUBLIC,
  'GET /v1/audit-events': HISTORY,
  // A stream that does not end: test/integration/events.test.ts holds it to the same rules.
  'GET /v1/events': PUBLIC,
  'POST /graphql/stream': PUBLIC,
  'GET /v1/teams/:team/profiles/:name/export': EXPORT,
  'HEAD /v1/teams/:team/profiles/:name/export': EXPORT,
};
