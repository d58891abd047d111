import { builder } from '../graphql/builder.ts';
import type { GraphQLContext } from '../graphql/context.ts';
import { forgetAll } from '../graphql/loaders.ts';
import { ProfileSpecInput, specOf } from '../profiles/resolution.graphql.ts';
import { acceptSuggestion } from './accept-suggestion.ts';
import { amendChangeRequest } from './amend-change-request.ts';
import type { RequestView } from './change-request-reads.ts';
import { ChangeRequestRef, VerdictEnum } from './change-requests.graphql.ts';
import { commentOnChangeRequest } from './comment-on-change-request.ts';
import { readOwnChange } from './find-change-request.ts';
import { renewProfile } from './renew-profile.ts';
import { requestProfile } from './request-profile.ts';
import { reviewChangeRequest } from './review-change-request.ts';
import { suggestNarrower } from './suggest-narrower.ts';
import { withdrawChangeRequest } from './withdraw-change-request.ts';

const CapabilityReasonInput = builder.inputType('CapabilityReasonInput', {
  description: 'Why one capability is needed.',
  fields: (t) => ({
    capability: t.string({ required: true, description: 'CAP_…' }),
    reason: t.string({ required: true, description: 'Why. Up to 1,000 characters.' }),
  }),
});

/** What a policy may ask for beside a justification. */
function sayings(t: Parameters<Parameters<typeof builder.inputType>[1]['fields']>[0]) {
  return {
    ticket: t.string({ description: 'A link to a ticket, where the policy asks for one.' }),
    capabilityReasons: t.field({
      type: [CapabilityReasonInput],
      description: 'Why single capabilities are needed, where the policy asks for it.',
    }),
  };
}

const RequestProfileInput = builder.inputType('RequestProfileInput', {
  description: 'What requestProfile takes.',
  fields: (t) => ({
    team: t.string({ required: true, description: 'Slug of the team that it is for.' }),
    name: t.string({ required: true, description: 'Name of the profile: a to z, digits, dots, hyphens, up to 63.' }),
    spec: t.field({ type: ProfileSpecInput, required: true, description: 'What is asked for.' }),
    justification: t.string({ required: true, description: 'What it is needed for. Up to 4,000 characters.' }),
    expiresInDays: t.int({ description: 'How long the approval shall hold; until revoked when left out.' }),
    ...sayings(t),
  }),
});

const RenewProfileInput = builder.inputType('RenewProfileInput', {
  description: 'What renewProfile takes.',
  fields: (t) => ({
    team: t.string({ required: true, description: 'Slug of the team.' }),
    name: t.string({ required: true, description: 'Name of the profile.' }),
    justification: t.string({ required: true, description: 'What it is still needed for. Up to 4,000 characters.' }),
    expiresInDays: t.int({ description: 'How long the approval shall hold; until revoked when left out.' }),
    ...sayings(t),
  }),
});

const CommentOnChangeRequestInput = builder.inputType('CommentOnChangeRequestInput', {
  description: 'What commentOnChangeRequest takes.',
  fields: (t) => ({
    id: t.id({ required: true, description: 'Which request.' }),
    body: t.string({ required: true, description: 'Plain text. Up to 4,000 characters.' }),
  }),
});

const SuggestNarrowerInput = builder.inputType('SuggestNarrowerInput', {
  description: 'What suggestNarrower takes.',
  fields: (t) => ({
    id: t.id({ required: true, description: 'Which request.' }),
    digest: t.field({ type: 'Digest', required: true, description: 'Digest of the revision that you looked at.' }),
    spec: t.field({ type: ProfileSpecInput, required: true, description: 'What to ask instead: it grants less.' }),
    body: t.string({ required: true, description: 'Why. Up to 4,000 characters.' }),
  }),
});

const AcceptSuggestionInput = builder.inputType('AcceptSuggestionInput', {
  description: 'What acceptSuggestion takes.',
  fields: (t) => ({
    id: t.id({ required: true, description: 'Which request.' }),
    suggestion: t.id({ required: true, description: 'Id of the comment that suggests it.' }),
  }),
});

const AmendChangeRequestInput = builder.inputType('AmendChangeRequestInput', {
  description: 'What amendChangeRequest takes.',
  fields: (t) => ({
    id: t.id({ required: true, description: 'Which request.' }),
    spec: t.field({ type: ProfileSpecInput, required: true, description: 'What is asked for now.' }),
    justification: t.string({ required: true, description: 'What it is needed for. Up to 4,000 characters.' }),
    ...sayings(t),
  }),
});

const WithdrawChangeRequestInput = builder.inputType('WithdrawChangeRequestInput', {
  description: 'What withdrawChangeRequest takes.',
  fields: (t) => ({ id: t.id({ required: true, description: 'Which request.' }) }),
});

const ReviewChangeRequestInput = builder.inputType('ReviewChangeRequestInput', {
  description: 'What reviewChangeRequest takes.',
  fields: (t) => ({
    id: t.id({ required: true, description: 'Which request.' }),
    digest: t.field({ type: 'Digest', required: true, description: 'Digest of the revision that you looked at.' }),
    verdict: t.field({ type: VerdictEnum, required: true, description: 'What you say.' }),
    comment: t.string({ description: 'Why. Up to 4,000 characters.' }),
  }),
});

interface Changed {
  readonly changeRequest: RequestView;
}

/** The payload type of a mutation that changes a request. */
function payload(verb: string) {
  return builder.objectRef<Changed>(`${verb}Payload`).implement({
    description: `What ${verb.charAt(0).toLowerCase()}${verb.slice(1)} changed.`,
    fields: (t) => ({
      changeRequest: t.expose('changeRequest', { type: ChangeRequestRef, description: 'The request now.' }),
    }),
  });
}

async function changed({ ports, actor, loaders }: GraphQLContext, change: Promise<string>): Promise<Changed> {
  const id = await change;
  forgetAll(loaders);
  return { changeRequest: await readOwnChange(ports, actor, id) };
}

const input = 'All of it.';

builder.mutationFields((t) => ({
  requestProfile: t.field({
    type: payload('RequestProfile'),
    description: 'Asks for a profile, or for another revision of one. For those who work for the team.',
    complexity: 20,
    args: { input: t.arg({ type: RequestProfileInput, required: true, description: input }) },
    resolve: (_root, args, context) =>
      changed(context, requestProfile(context.ports, context.actor, { ...args.input, spec: specOf(args.input.spec) })),
  }),
  amendChangeRequest: t.field({
    type: payload('AmendChangeRequest'),
    description: 'Changes what a pending request asks; another meaning voids its reviews. For its author.',
    complexity: 20,
    args: { input: t.arg({ type: AmendChangeRequestInput, required: true, description: input }) },
    resolve: (_root, args, context) =>
      changed(
        context,
        amendChangeRequest(context.ports, context.actor, { ...args.input, spec: specOf(args.input.spec) }),
      ),
  }),
  withdrawChangeRequest: t.field({
    type: payload('WithdrawChangeRequest'),
    description: 'Takes a pending request back. For its author and the maintainers of the team.',
    complexity: 20,
    args: { input: t.arg({ type: WithdrawChangeRequestInput, required: true, description: input }) },
    resolve: (_root, args, context) =>
      changed(context, withdrawChangeRequest(context.ports, context.actor, args.input)),
  }),
  reviewChangeRequest: t.field({
    type: payload('ReviewChangeRequest'),
    description: 'Approves or rejects exactly what you looked at. For approvers and owners, never the author.',
    complexity: 20,
    args: { input: t.arg({ type: ReviewChangeRequestInput, required: true, description: input }) },
    resolve: (_root, args, context) => changed(context, reviewChangeRequest(context.ports, context.actor, args.input)),
  }),
  renewProfile: t.field({
    type: payload('RenewProfile'),
    description: 'Asks for what was approved last once more, for another while. For those who work for the team.',
    complexity: 20,
    args: { input: t.arg({ type: RenewProfileInput, required: true, description: input }) },
    resolve: (_root, args, context) => changed(context, renewProfile(context.ports, context.actor, args.input)),
  }),
  commentOnChangeRequest: t.field({
    type: payload('CommentOnChangeRequest'),
    description: 'Says something about a request. For those who may review it and those who work for its team.',
    complexity: 20,
    args: { input: t.arg({ type: CommentOnChangeRequestInput, required: true, description: input }) },
    resolve: (_root, args, context) =>
      changed(context, commentOnChangeRequest(context.ports, context.actor, args.input)),
  }),
  suggestNarrower: t.field({
    type: payload('SuggestNarrower'),
    description: 'Answers a pending request with a spec that grants less. For those who may review.',
    complexity: 20,
    args: { input: t.arg({ type: SuggestNarrowerInput, required: true, description: input }) },
    resolve: (_root, args, context) =>
      changed(context, suggestNarrower(context.ports, context.actor, { ...args.input, spec: specOf(args.input.spec) })),
  }),
  acceptSuggestion: t.field({
    type: payload('AcceptSuggestion'),
    description: 'Lets a request ask for what somebody suggested. For its author.',
    complexity: 20,
    args: { input: t.arg({ type: AcceptSuggestionInput, required: true, description: input }) },
    resolve: (_root, args, context) => changed(context, acceptSuggestion(context.ports, context.actor, args.input)),
  }),
}));
