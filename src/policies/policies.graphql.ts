import { awaitsActor } from '../change-requests/awaits.ts';
import { approversOf } from '../change-requests/change-request.ts';
import { ChangeRequestRef, RequestStateEnum, VerdictEnum } from '../change-requests/change-requests.graphql.ts';
import { DemandRef } from '../change-requests/requirements.graphql.ts';
import { builder, pageCost } from '../graphql/builder.ts';
import { connectionOf, connectionType, pageArgs } from '../graphql/connection.ts';
import type { GraphQLContext } from '../graphql/context.ts';
import { encodeId } from '../kernel/ids.ts';
import { openDemands } from '../policy/quorum.ts';
import { ActorRef } from '../teams/members.graphql.ts';
import type { CurrentPolicy } from './current-policy.ts';
import { findPolicy } from './find-policy.ts';
import { findPolicyProposal, readOwnProposal } from './find-policy-proposal.ts';
import { listPolicyProposals, proposalCursor } from './list-policy-proposals.ts';
import type { PolicyReviewView, ProposalView } from './policy-reads.ts';
import { proposePolicy } from './propose-policy.ts';
import { reviewPolicyProposal } from './review-policy-proposal.ts';
import { type Outcome, type Simulated, simulatePolicy } from './simulate-policy.ts';
import { withdrawPolicyProposal } from './withdraw-policy-proposal.ts';

const PolicyRef = builder.objectRef<CurrentPolicy>('Policy').implement({
  description: 'What the organization asks of requests (docs/policy.md).',
  fields: (t) => ({
    version: t.exposeInt('version', { description: 'Its number; 0 for the one that everybody begins with.' }),
    document: t.field({ type: 'JSON', description: 'All of it.', resolve: ({ document }) => document }),
    inForceFrom: t.expose('inForceFrom', { type: 'DateTime', nullable: true, description: 'Since when.' }),
  }),
});

const PolicyReviewRef = builder.objectRef<PolicyReviewView>('PolicyReview').implement({
  description: "One person's verdict on a proposal. It never changes.",
  fields: (t) => ({
    reviewer: t.expose('reviewer', { type: ActorRef, description: 'Who.' }),
    verdict: t.expose('verdict', { type: VerdictEnum, description: 'What they said.' }),
    comment: t.exposeString('comment', { nullable: true, description: 'Why.' }),
    digest: t.expose('digest', { type: 'Digest', description: 'What they saw.' }),
    createdAt: t.field({ type: 'DateTime', description: 'When.', resolve: ({ createdAt }) => new Date(createdAt) }),
  }),
});

const PolicyProposalRef = builder.objectRef<ProposalView>('PolicyProposal').implement({
  description: 'Somebody proposes another policy. It comes in force by approval.',
  fields: (t) => ({
    id: t.id({ description: 'Opaque.', resolve: ({ id }) => encodeId('policyProposal', id) }),
    state: t.expose('state', { type: RequestStateEnum, description: 'Where it is in its life.' }),
    document: t.field({
      type: 'JSON',
      description: 'All of it.',
      resolve: ({ document }) => JSON.parse(document) as unknown,
    }),
    digest: t.expose('digest', { type: 'Digest', description: 'SHA-256 of the canonical JSON of the document.' }),
    baseVersion: t.exposeInt('baseVersion', { description: 'The version that it takes the place of.' }),
    justification: t.exposeString('justification', { description: 'Why.' }),
    author: t.expose('author', { type: ActorRef, description: 'Who proposes it. They never review it.' }),
    requirements: t.field({
      type: [DemandRef],
      description: 'Whose approvals it takes, by the policy in force, and what is still missing.',
      resolve: (proposal) => openDemands(proposal.demands, approversOf(proposal)),
    }),
    awaitsMyReview: t.boolean({
      description: 'Whether whoever asks may decide it and has not yet, and their approval would count.',
      resolve: (proposal, _args, { actor }) => proposal.state === 'PENDING' && awaitsActor(proposal, actor),
    }),
    reviews: t.field({
      type: [PolicyReviewRef],
      description: 'Every review, the oldest first.',
      resolve: ({ reviews }) => reviews,
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was made.' }),
    decidedAt: t.expose('decidedAt', { type: 'DateTime', nullable: true, description: 'When it was closed.' }),
  }),
});

const PolicyProposalConnectionRef = connectionType('PolicyProposal', PolicyProposalRef);

const PolicyJudgementRef = builder.objectRef<Outcome>('PolicyJudgement').implement({
  description: 'What a policy makes of a request.',
  fields: (t) => ({
    refused: t.string({
      nullable: true,
      description: 'Why it refuses it; null where it does not.',
      resolve: (verdict) => (verdict.kind === 'refused' ? verdict.why : null),
    }),
    automatic: t.boolean({
      description: 'Whether it lets it through by itself.',
      resolve: ({ kind }) => kind === 'automatic',
    }),
    requirements: t.field({
      type: [DemandRef],
      description: 'Whose approvals it asks for.',
      resolve: (verdict) =>
        verdict.kind === 'demanding'
          ? verdict.demands.map((demand) => ({ ...demand, people: null, open: demand.approvals }))
          : [],
    }),
    rules: t.stringList({
      description: 'Names of the rules that speak of it.',
      resolve: (verdict) => (verdict.kind === 'demanding' ? verdict.rules : []),
    }),
  }),
});

const SimulatedRef = builder.objectRef<Simulated>('SimulatedRequest').implement({
  description: 'A request of the past, and what two policies make of it.',
  fields: (t) => ({
    changeRequest: t.field({
      type: ChangeRequestRef,
      description: 'The request.',
      resolve: ({ requestId }, _args, { loaders }) => loaders.changeRequest.load(requestId),
    }),
    inForce: t.expose('inForce', { type: PolicyJudgementRef, description: 'The policy in force.' }),
    draft: t.expose('draft', { type: PolicyJudgementRef, description: 'The draft.' }),
  }),
});

builder.queryFields((t) => ({
  policy: t.field({
    type: PolicyRef,
    description: 'The policy in force.',
    resolve: (_root, _args, { ports, actor }) => findPolicy(ports, actor),
  }),
  policyProposal: t.field({
    type: PolicyProposalRef,
    nullable: true,
    description: 'The proposal of that id; null where there is none.',
    args: { id: t.arg.id({ required: true, description: 'Its id.' }) },
    resolve: (_root, { id }, { ports, actor }) => findPolicyProposal(ports, actor, id),
  }),
  policyProposals: t.field({
    type: PolicyProposalConnectionRef,
    description: 'Proposals, newest first.',
    complexity: pageCost,
    args: { state: t.arg({ type: RequestStateEnum, description: 'Only those in this state.' }), ...pageArgs },
    resolve: async (_root, args, { ports, actor }) =>
      connectionOf(await listPolicyProposals(ports, actor, args), proposalCursor, ({ id }) => [id] as const),
  }),
  simulatePolicy: t.field({
    type: [SimulatedRef],
    description: 'What a draft would have asked of the last requests. Nothing is kept.',
    // Every request is read and judged, whatever is selected of it.
    complexity: ({ last }) => ({ field: 5 + Math.max(1, last), multiplier: Math.max(1, last) }),
    args: {
      document: t.arg({ type: 'JSON', required: true, description: 'The draft: a whole policy.' }),
      last: t.arg.int({ required: true, defaultValue: 50, description: 'How many requests; up to 500.' }),
    },
    resolve: (_root, args, { ports, actor }) => simulatePolicy(ports, actor, args),
  }),
}));

const ProposePolicyInput = builder.inputType('ProposePolicyInput', {
  description: 'What proposePolicy takes.',
  fields: (t) => ({
    document: t.field({ type: 'JSON', required: true, description: 'The whole policy (docs/policy.md).' }),
    justification: t.string({ required: true, description: 'Why. Up to 4,000 characters.' }),
  }),
});

const ReviewPolicyProposalInput = builder.inputType('ReviewPolicyProposalInput', {
  description: 'What reviewPolicyProposal takes.',
  fields: (t) => ({
    id: t.id({ required: true, description: 'Which proposal.' }),
    digest: t.field({ type: 'Digest', required: true, description: 'Digest of the policy that you looked at.' }),
    verdict: t.field({ type: VerdictEnum, required: true, description: 'What you say.' }),
    comment: t.string({ description: 'Why. Up to 4,000 characters.' }),
  }),
});

const WithdrawPolicyProposalInput = builder.inputType('WithdrawPolicyProposalInput', {
  description: 'What withdrawPolicyProposal takes.',
  fields: (t) => ({ id: t.id({ required: true, description: 'Which proposal.' }) }),
});

interface Changed {
  readonly policyProposal: ProposalView;
}

function payload(verb: string) {
  return builder.objectRef<Changed>(`${verb}Payload`).implement({
    description: `What ${verb.charAt(0).toLowerCase()}${verb.slice(1)} changed.`,
    fields: (t) => ({
      policyProposal: t.expose('policyProposal', { type: PolicyProposalRef, description: 'The proposal now.' }),
    }),
  });
}

async function changed({ ports, actor }: GraphQLContext, change: Promise<string>): Promise<Changed> {
  return { policyProposal: await readOwnProposal(ports, actor, await change) };
}

const input = 'All of it.';

builder.mutationFields((t) => ({
  proposePolicy: t.field({
    type: payload('ProposePolicy'),
    description: 'Proposes another policy. For owners.',
    complexity: 20,
    args: { input: t.arg({ type: ProposePolicyInput, required: true, description: input }) },
    resolve: (_root, args, context) => changed(context, proposePolicy(context.ports, context.actor, args.input)),
  }),
  reviewPolicyProposal: t.field({
    type: payload('ReviewPolicyProposal'),
    description: 'Approves or rejects exactly the policy of that digest. For those whom the policy in force names.',
    complexity: 20,
    args: { input: t.arg({ type: ReviewPolicyProposalInput, required: true, description: input }) },
    resolve: (_root, args, context) => changed(context, reviewPolicyProposal(context.ports, context.actor, args.input)),
  }),
  withdrawPolicyProposal: t.field({
    type: payload('WithdrawPolicyProposal'),
    description: 'Takes a pending proposal back. For owners.',
    complexity: 20,
    args: { input: t.arg({ type: WithdrawPolicyProposalInput, required: true, description: input }) },
    resolve: (_root, args, context) =>
      changed(context, withdrawPolicyProposal(context.ports, context.actor, args.input)),
  }),
}));
