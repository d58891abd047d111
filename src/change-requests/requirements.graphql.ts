import { builder } from '../graphql/builder.ts';
import type { Loaders } from '../graphql/loaders.ts';
import { type OpenDemand, openDemands } from '../policy/quorum.ts';
import { MemberRef } from '../teams/members.graphql.ts';
import { awaitsActor } from './awaits.ts';
import { approversOf, stateAt } from './change-request.ts';
import type { RequestView, ReviewView } from './change-request-reads.ts';
import { ChangeRequestRef, isStale } from './change-requests.graphql.ts';
import { type Eligible, eligibleReviewers } from './eligible-reviewers.ts';

export const DemandRef = builder.objectRef<OpenDemand>('ApprovalRequirement').implement({
  description: 'So many approvals by different people of a group. Nobody counts for two of them at once.',
  fields: (t) => ({
    group: t.exposeString('group', { description: 'Name of the group; `approvers` is everybody who may review.' }),
    approvals: t.exposeInt('approvals', { description: 'How many it takes.' }),
    open: t.exposeInt('open', { description: 'How many are still missing.' }),
  }),
});

const EligibleRef = builder.objectRef<Eligible>('EligibleReviewer').implement({
  description: 'Somebody whose approval would bring the request nearer to a decision.',
  fields: (t) => ({
    member: t.field({ type: MemberRef, description: 'Who.', resolve: (member) => member }),
    groups: t.stringList({ description: 'For which groups they would count.', resolve: ({ groups }) => groups }),
    decisions: t.exposeInt('decisions', { description: 'How many requests of this team they have decided about.' }),
  }),
});

/** The request with the reviews that count. */
async function withReviews(request: RequestView, loaders: Loaders): Promise<RequestView & { reviews: ReviewView[] }> {
  const reviews = await loaders.reviewsOf.load(request.id);
  return { ...request, reviews: reviews.filter(({ standing }) => standing) };
}

builder.objectFields(ChangeRequestRef, (t) => ({
  requirements: t.field({
    type: [DemandRef],
    description: 'Whose approvals it takes, by the policy at the time of asking, and what is still missing.',
    complexity: { field: 2, multiplier: 3 },
    resolve: async (request, _args, { loaders }) => {
      const reviewed = await withReviews(request, loaders);
      return openDemands(reviewed.demands, approversOf(reviewed));
    },
  }),
  eligibleReviewers: t.field({
    type: [EligibleRef],
    description:
      'Who could bring it nearer to a decision, those first who know this team. Empty once it is decided, and while nobody can approve it.',
    complexity: { field: 5, multiplier: 5 },
    resolve: async (request, _args, { loaders, ports }) => {
      const [reviewing, reviewed, stale] = await Promise.all([
        loaders.reviewers.load(request.profileId),
        withReviews(request, loaders),
        isStale(request, loaders, ports.now()),
      ]);
      if (stale) return [];
      return eligibleReviewers(reviewed, reviewing, ports.now());
    },
  }),
  awaitsMyReview: t.boolean({
    description: 'Whether whoever asks may decide it and has not yet, and their approval would count.',
    resolve: async (request, _args, { loaders, ports, actor }) =>
      stateAt(request, ports.now()) === 'PENDING' &&
      awaitsActor(await withReviews(request, loaders), actor) &&
      !(await isStale(request, loaders, ports.now())),
  }),
}));
