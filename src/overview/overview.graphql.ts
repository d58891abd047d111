import { builder } from '../graphql/builder.ts';
import { RiskTierEnum } from '../profiles/resolution.graphql.ts';
import { describeOverview, type Overview } from './describe-overview.ts';

const TierCountRef = builder.objectRef<Overview['tiers'][number]>('TierCount').implement({
  description: 'How many profiles of a tier are in force.',
  fields: (t) => ({
    tier: t.expose('tier', { type: RiskTierEnum, description: 'The tier.' }),
    count: t.exposeInt('count', { description: 'How many.' }),
  }),
});

const CapabilityCountRef = builder.objectRef<Overview['capabilities'][number]>('CapabilityCount').implement({
  description: 'In how many ceilings in force a capability is.',
  fields: (t) => ({
    capability: t.exposeString('capability', { description: 'CAP_NET_ADMIN' }),
    count: t.exposeInt('count', { description: 'How many.' }),
  }),
});

const WeekRef = builder.objectRef<Overview['weeks'][number]>('WeekOfRequests').implement({
  description: 'What was asked and decided in a week.',
  fields: (t) => ({
    start: t.exposeString('start', { description: 'Its Monday, in UTC: 2026-11-23.' }),
    made: t.exposeInt('made', { description: 'Requests that were made.' }),
    approved: t.exposeInt('approved', { description: 'Requests that were approved.' }),
    rejected: t.exposeInt('rejected', { description: 'Requests that were rejected.' }),
  }),
});

const OverviewRef = builder.objectRef<Overview>('Overview').implement({
  description: 'The organization at a glance.',
  fields: (t) => ({
    tiers: t.expose('tiers', {
      type: [TierCountRef],
      description: 'Profiles in force by tier, every tier, ascending.',
    }),
    capabilities: t.expose('capabilities', {
      type: [CapabilityCountRef],
      description: 'What is granted, the most granted first.',
    }),
    weeks: t.expose('weeks', {
      type: [WeekRef],
      description: 'The last twelve weeks, the oldest first; the last one is not over.',
    }),
    medianToDecision: t.exposeFloat('medianToDecision', {
      nullable: true,
      description: 'Seconds in which half of the requests of these weeks were decided; null where none was.',
    }),
    ninthToDecision: t.exposeFloat('ninthToDecision', {
      nullable: true,
      description: 'Seconds in which nine in ten were.',
    }),
  }),
});

builder.queryField('overview', (t) =>
  t.field({
    type: OverviewRef,
    description: 'The organization at a glance, as far as the token reaches.',
    // Four statements over everything that is in force.
    complexity: { field: 500 },
    resolve: (_root, _args, { ports, actor }) => describeOverview(ports, actor),
  }),
);
