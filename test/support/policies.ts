import { DEFAULT_POLICY, type PolicyDocument } from '../../src/policy/policy-document.ts';
import type { Cast, Person } from './cast.ts';
import type { Answer, Caller, Client } from './client.ts';

/** A proposal as these tests look at it. */
export interface ProposalSeen {
  readonly id: string;
  readonly state: string;
  readonly digest: string;
  readonly baseVersion: number;
  readonly awaitsMyReview: boolean;
  readonly requirements: readonly { readonly group: string; readonly approvals: number; readonly open: number }[];
}

const FIELDS = 'policyProposal { id state digest baseVersion awaitsMyReview requirements { group approvals open } }';

type Changed = Promise<Answer<{ readonly policyProposal: ProposalSeen }>>;

/** What people do to policies, each as one call. */
export interface PolicyActs {
  propose(who: Caller, change: Partial<PolicyDocument>, justification?: string): Changed;
  review(who: Caller, proposal: Pick<ProposalSeen, 'id' | 'digest'>, verdict?: 'APPROVE' | 'REJECT'): Changed;
  withdraw(who: Caller, id: string): Changed;
  /** Proposes as another owner than the cast's, and lets the cast's approver approve it. */
  inForce(cast: Cast, change: Partial<PolicyDocument>): Promise<void>;
}

const proposers = new Map<string, Person>();

export function policyActsOf(client: Client): PolicyActs {
  const change = async (who: Caller, verb: string, input: object): Changed => {
    const type = `${verb.charAt(0).toUpperCase()}${verb.slice(1)}Input`;
    const mutation = `mutation ($input: ${type}!) { done: ${verb}(input: $input) { ${FIELDS} } }`;
    const answer = await client.gql<{ done: { policyProposal: ProposalSeen } }>(who, mutation, { input });
    return { ...answer, data: answer.data?.done ?? null, ok: () => answer.ok().done };
  };
  const acts: PolicyActs = {
    propose: (who, document, justification = 'stricter') =>
      change(who, 'proposePolicy', { document: { ...DEFAULT_POLICY, ...document }, justification }),
    review: (who, { id, digest }, verdict = 'APPROVE') => change(who, 'reviewPolicyProposal', { id, digest, verdict }),
    withdraw: (who, id) => change(who, 'withdrawPolicyProposal', { id }),
    inForce: async (cast, document) => {
      const proposer = proposers.get(cast.orgId) ?? (await otherOwner(client, cast));
      proposers.set(cast.orgId, proposer);
      const { policyProposal } = (await acts.propose(proposer, document)).ok();
      const { state } = (await acts.review(cast.approver, policyProposal)).ok().policyProposal;
      if (state !== 'APPROVED') throw new Error(`the policy is ${state}`);
    },
  };
  return acts;
}

/** A second owner, with a token of their own making. */
export async function otherOwner(client: Client, cast: Cast): Promise<Person> {
  const email = `proposer@${cast.slug}.example`;
  const addMember = 'mutation ($input: AddMemberInput!) { addMember(input: $input) { member { id } } }';
  (await client.gql(cast.owner, addMember, { input: { email, orgRole: 'OWNER' } })).ok();
  return cast.tokenFor(email, { by: await cast.tokenFor(email) });
}
