import { builder, pageCost } from '../graphql/builder.ts';
import { connectionOf, connectionType, pageArgs } from '../graphql/connection.ts';
import type { Loaders } from '../graphql/loaders.ts';
import { encodeId } from '../kernel/ids.ts';
import { OperationAnswerRef } from '../profiles/operations.graphql.ts';
import { inForce, ProfileRef, RevisionRef } from '../profiles/profiles.graphql.ts';
import type { Revision } from '../profiles/revision.ts';
import { ActorRef } from '../teams/members.graphql.ts';
import { type CapabilityDelta, deltaOf } from './capability-delta.ts';
import { type RequestState, stateAt, type Verdict } from './change-request.ts';
import type { RequestView, ReviewView } from './change-request-reads.ts';
import { findChangeRequest } from './find-change-request.ts';
import { listChangeRequests, requestCursor } from './list-change-requests.ts';
import { stillJudged } from './still-judged.ts';

export const RequestStateEnum = builder.enumType('RequestState', {
  description: 'Where a request is in its life. Only a pending one can change.',
  values: {
    PENDING: { description: 'Waiting for reviews.' },
    APPROVED: { description: 'Enough approvals, no rejection: its revision came in force.' },
    REJECTED: { description: 'A reviewer rejected it.' },
    WITHDRAWN: { description: 'Its author, or a maintainer, took it back.' },
    EXPIRED: { description: 'Nobody decided in time.' },
  } satisfies Record<RequestState, { description: string }>,
});

export const VerdictEnum = builder.enumType('Verdict', {
  description: 'What a reviewer says.',
  values: {
    APPROVE: { description: 'It may come in force.' },
    REJECT: { description: 'It may not: one rejection closes the request.' },
  } satisfies Record<Verdict, { description: string }>,
});

const ReviewRef = builder.objectRef<ReviewView>('Review').implement({
  description: "One person's verdict on what they saw. It never changes.",
  fields: (t) => ({
    reviewer: t.expose('reviewer', { type: ActorRef, description: 'Who.' }),
    verdict: t.expose('verdict', { type: VerdictEnum, description: 'What they said.' }),
    comment: t.exposeString('comment', { nullable: true, description: 'Why.' }),
    digest: t.expose('digest', { type: 'Digest', description: 'What they saw.' }),
    revision: t.exposeInt('revision', { description: 'Number of the revision that they saw.' }),
    standing: t.exposeBoolean('standing', {
      description: 'Whether it counts: false once the request asks something else.',
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When.' }),
  }),
});

const CapabilityReasonRef = builder
  .objectRef<{ readonly capability: string; readonly reason: string }>('CapabilityReason')
  .implement({
    description: 'Why one capability is needed.',
    fields: (t) => ({
      capability: t.exposeString('capability', { description: 'CAP_…' }),
      reason: t.exposeString('reason', { description: 'Why.' }),
    }),
  });

const DeltaRef = builder.objectRef<CapabilityDelta>('CapabilityDelta').implement({
  description: 'What changes, or would, against what is in force, or was when it was decided.',
  fields: (t) => ({
    granted: t.stringList({ description: 'Newly in the bounding set.', resolve: ({ granted }) => granted }),
    taken: t.stringList({ description: 'In the bounding set now, and not any more.', resolve: ({ taken }) => taken }),
    operations: t.field({
      type: [OperationAnswerRef],
      description: 'What a container could do that it could not before, in words.',
      resolve: ({ operations }) => operations,
    }),
  }),
});

/** Whether what a pending request was judged beside is in force no longer, so that nobody can approve it as it is. */
export async function isStale(request: RequestView, { profile }: Loaders, now: Date): Promise<boolean> {
  const { judgedBeside, profileId } = request;
  if (judgedBeside === null || stateAt(request, now) !== 'PENDING') return false;
  return !stillJudged(judgedBeside, inForce(await profile.load(profileId), now)?.number);
}

/** What a request is compared with: what is in force, or was when it was decided; null where nothing is or was. */
async function againstOf(
  request: RequestView,
  { profile, inForceBefore }: Loaders,
  now: Date,
): Promise<Revision | null> {
  const { profileId, revision, decidedAt, lapsesAt } = request;
  if (stateAt(request, now) === 'PENDING') return inForce(await profile.load(profileId), now);
  return inForceBefore.load({ profileId, revision, at: decidedAt ?? lapsesAt });
}

export const ChangeRequestRef = builder.objectRef<RequestView>('ChangeRequest').implement({
  description: 'Somebody asks for a profile, or for another revision of one.',
  fields: (t) => ({
    id: t.id({ description: 'Opaque.', resolve: ({ id }) => encodeId('changeRequest', id) }),
    profile: t.field({
      type: ProfileRef,
      description: 'What it is for.',
      resolve: ({ profileId }, _args, { loaders }) => loaders.profile.load(profileId),
    }),
    revision: t.field({
      type: RevisionRef,
      description: 'What is being asked (now: an amendment may have changed it).',
      resolve: ({ profileId, revision }, _args, { loaders }) => loaders.revision.load({ profileId, number: revision }),
    }),
    against: t.field({
      type: RevisionRef,
      nullable: true,
      description:
        'What it is, or was, compared with: what is in force, or was when it was decided; null where nothing is or was.',
      resolve: (request, _args, { loaders, ports }) => againstOf(request, loaders, ports.now()),
    }),
    delta: t.field({
      type: DeltaRef,
      description: 'What changes, or would, against what is in force, or was when it was decided.',
      resolve: async (request, _args, { loaders, ports }) => {
        const { profileId, revision } = request;
        const [asked, against] = await Promise.all([
          loaders.revision.load({ profileId, number: revision }),
          againstOf(request, loaders, ports.now()),
        ]);
        return deltaOf(asked, against);
      },
    }),
    state: t.field({
      type: RequestStateEnum,
      description: 'Where it is in its life.',
      resolve: (request, _args, { ports }) => stateAt(request, ports.now()),
    }),
    automatic: t.exposeBoolean('automatic', {
      description: 'Whether it was approved by itself, since it grants nothing beyond what was in force.',
    }),
    author: t.expose('author', { type: ActorRef, description: 'Who asks. They never review it.' }),
    justification: t.exposeString('justification', { description: 'What it is needed for.' }),
    expiresInDays: t.exposeInt('expiresInDays', {
      nullable: true,
      description: 'How long the approval shall hold; null means until revoked.',
    }),
    requiredApprovals: t.exposeInt('requiredApprovals', {
      description: 'Approvals by different people that it takes, by the policy at the time of asking.',
    }),
    policyVersion: t.exposeString('policyVersion', { description: 'The version of the policy that it was judged by.' }),
    staleJudgement: t.boolean({
      description:
        'Whether what it was judged beside is in force no longer: nobody can approve it until its author amends it, with the same words if they like.',
      resolve: (request, _args, { loaders, ports }) => isStale(request, loaders, ports.now()),
    }),
    ticket: t.exposeString('ticket', { nullable: true, description: 'A link to a ticket.' }),
    capabilityReasons: t.field({
      type: [CapabilityReasonRef],
      description: 'Why single capabilities are needed.',
      resolve: ({ capabilityReasons }) =>
        Object.entries(capabilityReasons).map(([capability, reason]) => ({ capability, reason })),
    }),
    lapsesAt: t.expose('lapsesAt', { type: 'DateTime', description: 'When it expires if nobody decides.' }),
    reviews: t.field({
      type: [ReviewRef],
      description: 'Every review, the oldest first; those given before an amendment are marked as not standing.',
      complexity: { field: 2, multiplier: 3 },
      resolve: ({ id }, _args, { loaders }) => loaders.reviewsOf.load(id),
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was made.' }),
    decidedAt: t.expose('decidedAt', { type: 'DateTime', nullable: true, description: 'When it was closed.' }),
  }),
});

const ChangeRequestConnectionRef = connectionType('ChangeRequest', ChangeRequestRef);

builder.objectField(ProfileRef, 'pending', (t) =>
  t.field({
    type: ChangeRequestRef,
    nullable: true,
    description: 'The request that waits for reviews; there is one at the most.',
    resolve: ({ id }, _args, { loaders }) => loaders.pendingOf.load(id),
  }),
);

builder.queryFields((t) => ({
  changeRequest: t.field({
    type: ChangeRequestRef,
    nullable: true,
    description: 'The request of that id; null where there is none to be seen.',
    args: { id: t.arg.id({ required: true, description: 'Its id.' }) },
    resolve: (_root, { id }, { ports, actor }) => findChangeRequest(ports, actor, id),
  }),
  changeRequests: t.field({
    type: ChangeRequestConnectionRef,
    description: 'Requests, newest first.',
    complexity: pageCost,
    args: {
      state: t.arg({ type: RequestStateEnum, description: 'Only those in this state.' }),
      team: t.arg.string({ description: 'Only those of the team with this slug.' }),
      mine: t.arg.boolean({ description: 'Only those that whoever asks has made.' }),
      awaitingMyReview: t.arg.boolean({
        description: 'Only those that whoever asks may decide and has not decided yet.',
      }),
      ...pageArgs,
    },
    resolve: async (_root, args, { ports, actor }) =>
      connectionOf(await listChangeRequests(ports, actor, args), requestCursor, ({ id }) => [id] as const),
  }),
}));
