import { type Acts, actsOf, HIGH, MODERATE, specOf } from './acts.ts';
import { type Cast, TEAM } from './cast.ts';
import type { Answer, Bearer, Client } from './client.ts';
import { trust } from './sign-in.ts';

/** One way to change something, ready to be done: what it needs is there. */
export interface Change {
  readonly who: Bearer;
  readonly mutation: string;
  readonly input: Record<string, unknown>;
}

export interface ChangeKind {
  /** The field of Mutation, with a word behind it where there are several ways. */
  readonly field: string;
  /** The events that it appends, in order. */
  readonly events: readonly string[];
  readonly prepare: (cast: Cast, acts: Acts, client: Client) => Promise<Change>;
}

const PROVIDER = {
  name: 'sso',
  issuer: 'https://sso.example',
  clientId: 'capward',
  emailDomains: ['people.example'],
};

let count = 0;
let turns = 0;
const fresh = (what: string): string => `${what}-${(count += 1)}`;

const PAYLOADS: Readonly<Record<string, string>> = {
  createTeam: 'team { slug }',
  addMember: 'member { login }',
  createToken: 'secret token { id }',
  rotateToken: 'secret token { id }',
  setWorkloadRule: 'workloadRule { name }',
  revokeToken: 'token { revokedAt }',
  revokeSession: 'session { revokedAt }',
  createSignInLink: 'url expiresAt',
  setIdentityProvider: 'identityProvider { name }',
  confirmIdentityProvider: 'identityProvider { name }',
  revokeProfile: 'profile { standing }',
};

function change(who: Bearer, verb: string, input: Record<string, unknown>): Change {
  const type = `${verb.charAt(0).toUpperCase()}${verb.slice(1)}Input`;
  const payload = PAYLOADS[verb] ?? 'changeRequest { id state }';
  return { who, mutation: `mutation ($input: ${type}!) { ${verb}(input: $input) { ${payload} } }`, input };
}

async function requested(cast: Cast, acts: Acts, wish = MODERATE) {
  return (await acts.request(cast.author, { name: fresh('app'), ...wish })).ok().changeRequest;
}

/** Every way to change anything through the API. */
export const CHANGES: readonly ChangeKind[] = [
  {
    field: 'createTeam',
    events: ['team.created'],
    prepare: async ({ owner }) => change(owner, 'createTeam', { slug: fresh('team'), name: 'A team' }),
  },
  {
    field: 'addMember (somebody new)',
    events: ['member.added'],
    prepare: async ({ owner }) => change(owner, 'addMember', { email: `${fresh('new')}@people.example` }),
  },
  {
    field: 'addMember (somebody new, into a team)',
    events: ['member.added', 'member.added'],
    prepare: async ({ owner }) =>
      change(owner, 'addMember', { email: `${fresh('new')}@people.example`, team: TEAM, teamRole: 'MAINTAINER' }),
  },
  {
    field: 'addMember (another role)',
    events: ['member.changed'],
    prepare: async ({ owner, colleague }) => {
      turns += 1;
      const teamRole = turns % 2 === 1 ? 'MAINTAINER' : 'MEMBER';
      return change(owner, 'addMember', { email: colleague.login, team: TEAM, teamRole });
    },
  },
  {
    field: 'createToken',
    events: ['token.created'],
    prepare: async ({ author }) =>
      change(author, 'createToken', { name: 'mine', owner: author.login, scopes: ['profiles:read'] }),
  },
  {
    field: 'createToken (of a new service account)',
    events: ['member.added', 'token.created'],
    prepare: async ({ maintainer }) =>
      change(maintainer, 'createToken', {
        name: 'robot',
        owner: fresh('robot'),
        scopes: ['profiles:export'],
        teams: [TEAM],
        expiresInDays: 30,
      }),
  },
  {
    field: 'rotateToken',
    events: ['token.rotated'],
    prepare: async (cast) =>
      change(cast.owner, 'rotateToken', { id: (await cast.tokenFor(cast.author.login)).tokenId, overlapHours: 1 }),
  },
  {
    field: 'revokeToken',
    events: ['token.revoked'],
    prepare: async (cast) =>
      change(cast.owner, 'revokeToken', { id: (await cast.tokenFor(cast.author.login)).tokenId }),
  },
  {
    field: 'createSignInLink',
    events: ['signInLink.created'],
    prepare: async ({ owner, colleague }) => change(owner, 'createSignInLink', { member: colleague.login }),
  },
  {
    field: 'setIdentityProvider',
    events: ['identityProvider.set'],
    prepare: async ({ owner }) => change(owner, 'setIdentityProvider', PROVIDER),
  },
  {
    field: 'confirmIdentityProvider',
    events: ['identityProvider.confirmed'],
    prepare: async (cast, _acts, client) => {
      const { name, setAt } = await trust(client, cast.owner, PROVIDER.issuer, PROVIDER);
      return change(await cast.secondOwner(), 'confirmIdentityProvider', { name, setAt });
    },
  },
  {
    field: 'setWorkloadRule',
    events: ['member.added', 'workloadRule.set'],
    prepare: async ({ owner }) =>
      change(owner, 'setWorkloadRule', {
        name: 'deploys',
        issuer: 'https://token.actions.githubusercontent.com',
        audience: 'capward',
        claims: [{ claim: 'repository', pattern: 'acme/web' }],
        serviceAccount: fresh('job'),
        teams: [TEAM],
      }),
  },
  {
    field: 'revokeSession',
    events: ['session.ended'],
    prepare: async (cast) =>
      change(cast.owner, 'revokeSession', { id: (await cast.sessionFor(cast.author.login)).sessionId }),
  },
  {
    field: 'requestProfile',
    events: ['request.created'],
    prepare: async ({ author }) =>
      change(author, 'requestProfile', {
        team: TEAM,
        name: fresh('app'),
        justification: 'it serves',
        spec: specOf({ ...HIGH, user: '1000' }),
        expiresInDays: 30,
      }),
  },
  {
    field: 'amendChangeRequest',
    events: ['request.amended'],
    prepare: async (cast, acts) => {
      const { id, revision } = await requested(cast, acts, HIGH);
      (await acts.review(cast.approver, { id, revision })).ok();
      const spec = specOf({ add: ['SYS_ADMIN'], drop: ['ALL'] });
      return change(cast.author, 'amendChangeRequest', { id, justification: 'more of it', spec });
    },
  },
  {
    field: 'withdrawChangeRequest',
    events: ['request.withdrawn'],
    prepare: async (cast, acts) =>
      change(cast.author, 'withdrawChangeRequest', { id: (await requested(cast, acts)).id }),
  },
  {
    field: 'reviewChangeRequest (one of two approvals)',
    events: ['request.reviewed'],
    prepare: async (cast, acts) => reviewOf(cast, await requested(cast, acts, HIGH), 'APPROVE'),
  },
  {
    field: 'reviewChangeRequest (the last approval)',
    events: ['request.reviewed', 'request.approved'],
    prepare: async (cast, acts) => reviewOf(cast, await requested(cast, acts), 'APPROVE'),
  },
  {
    field: 'reviewChangeRequest (a rejection)',
    events: ['request.reviewed', 'request.rejected'],
    prepare: async (cast, acts) => reviewOf(cast, await requested(cast, acts), 'REJECT'),
  },
  {
    field: 'revokeProfile',
    events: ['profile.revoked'],
    prepare: async (cast, acts) => {
      const name = fresh('app');
      await acts.inForce(cast.author, [cast.approver], { name, ...MODERATE });
      return change(cast.maintainer, 'revokeProfile', { team: TEAM, name, reason: 'a hole was found' });
    },
  },
];

function reviewOf(cast: Cast, request: { id: string; revision: { digest: string } }, verdict: string): Change {
  const { id, revision } = request;
  return change(cast.approver, 'reviewChangeRequest', {
    id,
    digest: revision.digest,
    verdict,
    comment: 'looked at it',
  });
}

export function prepare(client: Client, cast: Cast, kind: ChangeKind): Promise<Change> {
  return kind.prepare(cast, actsOf(client), client);
}

export function carryOut(client: Pick<Client, 'gql'>, { who, mutation, input }: Change): Promise<Answer<unknown>> {
  return client.gql(who, mutation, { input });
}
