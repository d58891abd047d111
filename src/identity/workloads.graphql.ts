import { builder } from '../graphql/builder.ts';
import { MemberRef } from '../teams/members.graphql.ts';
import { TeamRef } from '../teams/teams.graphql.ts';
import { listWorkloadRules, setWorkloadRule } from './set-workload-rule.ts';
import type { ClaimCondition, WorkloadRule } from './workload-rule.ts';

const ClaimConditionRef = builder.objectRef<ClaimCondition>('ClaimCondition').implement({
  description: 'What a claim of the token has to be.',
  fields: (t) => ({
    claim: t.exposeString('claim', { description: 'Which claim: sub, repository, ref …' }),
    pattern: t.exposeString('pattern', {
      description: 'Its value. * stands for anything without / and :, ** for anything.',
    }),
  }),
});

const WorkloadRuleRef = builder.objectRef<WorkloadRule>('WorkloadRule').implement({
  description: 'Which workloads (CI jobs) get a short token in exchange for the one of their platform.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Its name. Of several that fit, the first by name counts.' }),
    issuer: t.exposeString('issuer', { description: 'Who signs the token of the workload.' }),
    audience: t.exposeString('audience', { description: 'The audience that it has to be made for.' }),
    claims: t.field({
      type: [ClaimConditionRef],
      description: 'What it has to say: all of it.',
      resolve: ({ claims }) => [...claims],
    }),
    serviceAccount: t.field({
      type: MemberRef,
      description: 'Whom the short token acts for.',
      resolve: ({ memberId }, _args, { loaders }) => loaders.member.load(memberId),
    }),
    teams: t.field({
      type: [TeamRef],
      description: 'The teams that it is limited to.',
      resolve: ({ teamIds }, _args, { loaders }) => Promise.all(teamIds.map((id) => loaders.team.load(id))),
    }),
    scopes: t.stringList({ description: 'What it may be used for.', resolve: ({ scopes }) => [...scopes] }),
    maxMinutes: t.exposeInt('maxMinutes', { description: 'How long it lives.' }),
    enabled: t.exposeBoolean('enabled', { description: 'Whether the rule counts.' }),
    setBy: t.field({
      type: MemberRef,
      description: 'The owner who has said so.',
      resolve: ({ setBy }, _args, { loaders }) => loaders.member.load(setBy),
    }),
    setAt: t.expose('setAt', { type: 'DateTime', description: 'When.' }),
  }),
});

builder.queryField('workloadRules', (t) =>
  t.field({
    type: [WorkloadRuleRef],
    description: 'Which workloads get short tokens. For owners.',
    complexity: { field: 5, multiplier: 20 },
    resolve: (_root, _args, { ports, actor }) => listWorkloadRules(ports, actor),
  }),
);

const ClaimConditionInput = builder.inputType('ClaimConditionInput', {
  description: 'What a claim of the token has to be.',
  fields: (t) => ({
    claim: t.string({ required: true, description: 'Which claim: sub, repository, ref …' }),
    pattern: t.string({
      required: true,
      description: 'Its value. * stands for anything without / and :, ** for anything.',
    }),
  }),
});

const SetWorkloadRuleInput = builder.inputType('SetWorkloadRuleInput', {
  description: 'What setWorkloadRule takes: all of it anew.',
  fields: (t) => ({
    name: t.string({ required: true, description: 'Short name: a to z, digits and hyphens, up to 63.' }),
    issuer: t.string({
      required: true,
      description:
        'Who signs, as the claim iss has it: https://token.actions.githubusercontent.com, https://gitlab.com …',
    }),
    audience: t.string({ required: true, description: 'The audience that the token has to be made for.' }),
    claims: t.field({
      type: [ClaimConditionInput],
      required: true,
      description: 'What it has to say: all of it, and something at least.',
    }),
    serviceAccount: t.string({ required: true, description: 'Whom the short token acts for; made on first use.' }),
    teams: t.stringList({ required: true, description: 'Slugs of the teams that it is limited to.' }),
    scopes: t.stringList({
      required: true,
      defaultValue: ['profiles:export'],
      description: 'profiles:read, profiles:export.',
    }),
    maxMinutes: t.int({ required: true, defaultValue: 15, description: 'How long it lives: 1 to 60 minutes.' }),
    enabled: t.boolean({ required: true, defaultValue: true, description: 'Whether the rule counts.' }),
  }),
});
const SetWorkloadRulePayload = builder.objectRef<{ workloadRule: WorkloadRule }>('SetWorkloadRulePayload').implement({
  description: 'What setWorkloadRule changed.',
  fields: (t) => ({ workloadRule: t.expose('workloadRule', { type: WorkloadRuleRef, description: 'The rule.' }) }),
});

builder.mutationField('setWorkloadRule', (t) =>
  t.field({
    type: SetWorkloadRulePayload,
    description: 'Says which workloads get a short token in exchange for the one of their platform. For owners.',
    complexity: 20,
    args: { input: t.arg({ type: SetWorkloadRuleInput, required: true, description: 'All of it.' }) },
    resolve: async (_root, { input }, { ports, actor }) => ({
      workloadRule: await setWorkloadRule(ports, actor, input),
    }),
  }),
);
