import { DEFAULT_POLICY } from '../../src/policy/policy-document.ts';
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
  removeMember: 'member { login }',
  createToken: 'secret token { id }',
  rotateToken: 'secret token { id }',
  setWorkloadRule: 'workloadRule { name }',
  revokeToken: 'token { revokedAt }',
  revokeSession: 'session { revokedAt }',
  createSignInLink: 'url expiresAt',
  setIdentityProvider: 'identityProvider { name }',
  confirmIdentityProvider: 'identityProvider { name }',
  revokeProfile: 'profile { standing }',
  proposePolicy: 'policyProposal { id digest }',
  reviewPolicyProposal: 'policyProposal { id state }',
  withdrawPolicyProposal: 'policyProposal { id state }',
  breakGlass: 'emergency { id }',
  closeEmergency: 'emergency { id }',
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
    field: 'removeMember',
    events: ['member.removed'],
    prepare: async (cast) => change(cast.owner, 'removeMember', { login: (await cast.secondOwner()).login }),
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
  {
    field: 'requestProfile (nothing beyond what is in force)',
    events: ['request.created', 'request.approved'],
    prepare: async (cast, acts) => {
      const name = fresh('app');
      await acts.inForce(cast.author, [cast.approver], { name, ...MODERATE });
      const spec = specOf({ drop: ['ALL'] });
      return change(cast.author, 'requestProfile', { team: TEAM, name, justification: 'less', spec });
    },
  },
  {
    field: 'amendChangeRequest (to nothing beyond what is in force)',
    events: ['request.amended', 'request.approved'],
    prepare: async (cast, acts) => {
      const name = fresh('app');
      await acts.inForce(cast.author, [cast.approver], { name, ...MODERATE });
      const { id } = (await acts.request(cast.author, { name, ...HIGH })).ok().changeRequest;
      return change(cast.author, 'amendChangeRequest', { id, justification: 'less', spec: specOf({ drop: ['ALL'] }) });
    },
  },
  {
    field: 'renewProfile',
    events: ['request.created'],
    prepare: async (cast, acts) => {
      const name = fresh('app');
      await acts.inForce(cast.author, [cast.approver], { name, ...MODERATE, expiresInDays: 10 });
      return change(cast.author, 'renewProfile', { team: TEAM, name, justification: 'still', expiresInDays: 90 });
    },
  },
  {
    field: 'commentOnChangeRequest',
    events: ['request.commented'],
    prepare: async (cast, acts) =>
      change(cast.approver, 'commentOnChangeRequest', { id: (await requested(cast, acts)).id, body: 'why?' }),
  },
  {
    field: 'suggestNarrower',
    events: ['request.commented'],
    prepare: async (cast, acts) => suggestionFor(cast, await requested(cast, acts)),
  },
  {
    field: 'acceptSuggestion',
    events: ['request.amended'],
    prepare: async (cast, acts, client) => {
      const request = await requested(cast, acts);
      (await carryOut(client, suggestionFor(cast, request))).ok();
      const query = 'query ($id: ID!) { changeRequest(id: $id) { comments { id } } }';
      const { changeRequest } = (
        await client.gql<{ changeRequest: { comments: { id: string }[] } }>(cast.author, query, { id: request.id })
      ).ok();
      return change(cast.author, 'acceptSuggestion', { id: request.id, suggestion: changeRequest.comments[0]?.id });
    },
  },
  {
    field: 'proposePolicy',
    events: ['policy.proposed'],
    prepare: async (cast, _acts, client) => {
      await withdrawProposals(client, cast);
      return change(cast.owner, 'proposePolicy', { document: DEFAULT_POLICY, justification: 'as it was' });
    },
  },
  {
    field: 'reviewPolicyProposal (the last approval)',
    events: ['policy.reviewed', 'policy.approved'],
    prepare: async (cast, _acts, client) => policyReviewOf(cast, await proposalIn(client, cast), 'APPROVE'),
  },
  {
    field: 'reviewPolicyProposal (a rejection)',
    events: ['policy.reviewed', 'policy.rejected'],
    prepare: async (cast, _acts, client) => policyReviewOf(cast, await proposalIn(client, cast), 'REJECT'),
  },
  {
    field: 'withdrawPolicyProposal',
    events: ['policy.withdrawn'],
    prepare: async (cast, _acts, client) =>
      change(cast.owner, 'withdrawPolicyProposal', { id: (await proposalIn(client, cast)).id }),
  },
  {
    field: 'breakGlass',
    events: ['emergency.opened'],
    prepare: async (cast, _acts, client) => {
      await allowEmergencies(client, cast);
      return emergencyOf(cast);
    },
  },
  {
    field: 'closeEmergency',
    events: ['emergency.closed'],
    prepare: async (cast, _acts, client) => {
      await allowEmergencies(client, cast);
      const { breakGlass } = (await carryOut(client, emergencyOf(cast))).ok() as {
        breakGlass: { emergency: { id: string } };
      };
      const { id } = breakGlass.emergency;
      return change(cast.secondApprover, 'closeEmergency', { id, justified: true, comment: 'it did burn' });
    },
  },
];

function suggestionFor(cast: Cast, { id, revision }: { id: string; revision: { digest: string } }): Change {
  const spec = specOf({ drop: ['ALL'] });
  return change(cast.approver, 'suggestNarrower', { id, digest: revision.digest, spec, body: 'this is enough' });
}

interface Proposal {
  readonly id: string;
  readonly digest: string;
}

async function withdrawProposals(client: Client, cast: Cast): Promise<void> {
  const { policyProposals } = (
    await client.gql<{ policyProposals: { nodes: Proposal[] } }>(
      cast.owner,
      '{ policyProposals(state: PENDING) { nodes { id digest } } }',
    )
  ).ok();
  for (const { id } of policyProposals.nodes) {
    (await carryOut(client, change(cast.owner, 'withdrawPolicyProposal', { id }))).ok();
  }
}

/** A proposal of another owner, by which approvers may break the glass. */
async function proposalIn(client: Client, cast: Cast): Promise<Proposal> {
  await withdrawProposals(client, cast);
  const document = { ...DEFAULT_POLICY, breakGlass: { group: 'approvers', maxHours: 4 } };
  const proposed = change(await cast.secondOwner(), 'proposePolicy', { document, justification: 'for the night' });
  const { proposePolicy } = (await carryOut(client, proposed)).ok() as {
    proposePolicy: { policyProposal: Proposal };
  };
  return proposePolicy.policyProposal;
}

function policyReviewOf(cast: Cast, { id, digest }: Proposal, verdict: string): Change {
  return change(cast.approver, 'reviewPolicyProposal', { id, digest, verdict });
}

async function allowEmergencies(client: Client, cast: Cast): Promise<void> {
  (await carryOut(client, policyReviewOf(cast, await proposalIn(client, cast), 'APPROVE'))).ok();
}

function emergencyOf({ approver, colleague }: Cast): Change {
  const spec = specOf({ add: ['SYS_PTRACE'], drop: ['ALL'] });
  const what = { team: TEAM, name: fresh('app'), spec, reason: 'it burns' };
  return change(approver, 'breakGlass', { ...what, hours: 1, person: colleague.login });
}

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
