import { randomUUID } from 'node:crypto';
import { encodeId } from '../../../src/kernel/ids.ts';
import { DEFAULT_POLICY, type PolicyDocument } from '../../../src/policy/policy-document.ts';
import { actsOf, MODERATE, type RequestSeen } from '../../support/acts.ts';
import { type Cast, type Person, TEAM } from '../../support/cast.ts';
import type { Client } from '../../support/client.ts';
import { trust } from '../../support/sign-in.ts';

/** What an operation is aimed at: the names and ids of things in one tenant, or of nothing. */
export interface Target {
  readonly team: string;
  /** A profile in force. */
  readonly profile: string;
  /** A pending request of the cast's author. */
  readonly request: string;
  readonly digest: string;
  /** A token of the cast's colleague. */
  readonly token: string;
  /** A session of the cast's colleague. */
  readonly session: string;
  /** Id of a comment that suggests less for the request. */
  readonly suggestion: string;
  /** A pending proposal of another owner than the cast's. */
  readonly proposal: string;
  readonly policyDigest: string;
  /** An open emergency of the cast's approver, for its colleague. */
  readonly emergency: string;
  /** An identity provider that another owner has set, and when. */
  readonly provider: string;
  readonly providerSetAt: string;
  /** Login of the cast's colleague. */
  readonly member: string;
}

let count = 0;

/** Things that nothing has touched yet, in a team of the cast's author. */
export async function freshTarget(client: Client, cast: Cast, team = TEAM): Promise<Target> {
  const acts = actsOf(client);
  const profile = `${team}-target-${(count += 1)}`;
  await acts.inForce(cast.author, [cast.approver], { team, name: profile, ...MODERATE });
  const { changeRequest } = (await acts.request(cast.author, { team, name: `${profile}-asked`, ...MODERATE })).ok();
  const suggestion = await suggestionFor(client, cast, changeRequest);
  const proposal = await proposalIn(client, cast);
  const { tokenId } = await cast.tokenFor(cast.colleague.login);
  // A tenant has up to a hundred of them: after a while an earlier one is set anew.
  const name = `sso${count < 20 ? count : 20 + (count % 70)}`;
  const set = await trust(client, await cast.secondOwner(), 'https://sso.example', { name });
  return {
    team,
    profile,
    request: changeRequest.id,
    digest: changeRequest.revision.digest,
    suggestion,
    proposal: proposal.id,
    policyDigest: proposal.digest,
    emergency: await emergencyIn(client, cast, team, `${profile}-urgent`),
    token: tokenId,
    provider: set.name,
    providerSetAt: set.setAt,
    session: (await cast.sessionFor(cast.colleague.login)).sessionId,
    member: cast.colleague.login,
  };
}

async function suggestionFor(client: Client, cast: Cast, { id, revision }: RequestSeen): Promise<string> {
  const input = { id, digest: revision.digest, spec: { drop: ['ALL'] }, body: 'it needs nothing' };
  const { suggestNarrower } = (
    await client.gql<{ suggestNarrower: { changeRequest: { comments: { id: string }[] } } }>(
      cast.approver,
      `mutation ($input: SuggestNarrowerInput!) {
         suggestNarrower(input: $input) { changeRequest { comments { id } } } }`,
      { input },
    )
  ).ok();
  return suggestNarrower.changeRequest.comments[0]?.id ?? '';
}

const PROPOSAL = 'policyProposal { id digest }';
const proposers = new Map<string, Person>();

/** There is one pending proposal in a tenant; whatever was there before is taken back. */
async function proposalIn(client: Client, cast: Cast): Promise<{ readonly id: string; readonly digest: string }> {
  const pending = await client.gql<{ policyProposals: { nodes: { id: string }[] } }>(
    cast.owner,
    '{ policyProposals(state: PENDING) { nodes { id } } }',
  );
  for (const { id } of pending.ok().policyProposals.nodes) {
    const withdraw = `mutation ($input: WithdrawPolicyProposalInput!) { withdrawPolicyProposal(input: $input) { ${PROPOSAL} } }`;
    (await client.gql(cast.owner, withdraw, { input: { id } })).ok();
  }
  const known = proposers.get(cast.orgId);
  const proposer = known ?? (await secondOwner(client, cast));
  proposers.set(cast.orgId, proposer);
  if (known === undefined) await allowEmergencies(client, cast, proposer);
  return propose(client, proposer, { ...DEFAULT_POLICY, requestsLapseAfterDays: 20 });
}

async function propose(
  client: Client,
  proposer: Person,
  document: PolicyDocument,
): Promise<{ readonly id: string; readonly digest: string }> {
  const { proposePolicy } = (
    await client.gql<{ proposePolicy: { policyProposal: { id: string; digest: string } } }>(
      proposer,
      `mutation ($input: ProposePolicyInput!) { proposePolicy(input: $input) { ${PROPOSAL} } }`,
      { input: { document, justification: 'sooner' } },
    )
  ).ok();
  return proposePolicy.policyProposal;
}

/** Puts a policy in force by which approvers may break the glass. */
async function allowEmergencies(client: Client, cast: Cast, proposer: Person): Promise<void> {
  const { id, digest } = await propose(client, proposer, {
    ...DEFAULT_POLICY,
    breakGlass: { group: 'approvers', maxHours: 8 },
  });
  const review = `mutation ($input: ReviewPolicyProposalInput!) { reviewPolicyProposal(input: $input) { ${PROPOSAL} } }`;
  (await client.gql(cast.approver, review, { input: { id, digest, verdict: 'APPROVE' } })).ok();
}

async function emergencyIn(client: Client, cast: Cast, team: string, name: string): Promise<string> {
  const { breakGlass } = (
    await client.gql<{ breakGlass: { emergency: { id: string } } }>(
      cast.approver,
      'mutation ($input: BreakGlassInput!) { breakGlass(input: $input) { emergency { id } } }',
      { input: { team, name, spec: { drop: ['ALL'] }, reason: 'it burns', hours: 1, person: cast.colleague.login } },
    )
  ).ok();
  return breakGlass.emergency.id;
}

async function secondOwner(client: Client, cast: Cast): Promise<Person> {
  const email = `proposer@${cast.slug}.example`;
  const addMember = 'mutation ($input: AddMemberInput!) { addMember(input: $input) { member { id } } }';
  (await client.gql(cast.owner, addMember, { input: { email, orgRole: 'OWNER' } })).ok();
  return cast.tokenFor(email);
}

/** Things of a team that no other tenant has a namesake of. */
export async function hiddenTarget(client: Client, cast: Cast): Promise<Target> {
  const change = async (mutation: string, input: object): Promise<void> => {
    (await client.gql(cast.owner, mutation, { input })).ok();
  };
  const team = 'hidden';
  await change('mutation ($input: CreateTeamInput!) { createTeam(input: $input) { team { id } } }', {
    slug: team,
    name: 'Hidden',
  });
  await change('mutation ($input: AddMemberInput!) { addMember(input: $input) { member { id } } }', {
    email: cast.author.login,
    team,
  });
  return freshTarget(client, cast, team);
}

/** What an operation reads of its target: nothing, where it is aimed at nothing. */
export function aimsOf(variables: (target: Target) => unknown): ReadonlySet<keyof Target> {
  const read = new Set<keyof Target>();
  const watched = new Proxy(MISSING, {
    get: (target, property: keyof Target) => {
      read.add(property);
      return target[property];
    },
  });
  variables(watched);
  return read;
}

/** Names and ids that are well-formed, and of nothing. */
export const MISSING: Target = {
  team: 'nowhere',
  profile: 'nothing',
  request: encodeId('changeRequest', randomUUID()),
  digest: `sha256:${'0'.repeat(64)}`,
  suggestion: encodeId('comment', randomUUID()),
  proposal: encodeId('policyProposal', randomUUID()),
  policyDigest: `sha256:${'0'.repeat(64)}`,
  emergency: encodeId('emergency', randomUUID()),
  token: encodeId('token', randomUUID()),
  provider: 'nothing',
  providerSetAt: '2026-01-01T00:00:00.000Z',
  session: encodeId('session', randomUUID()),
  member: 'nobody@nowhere.example',
};
