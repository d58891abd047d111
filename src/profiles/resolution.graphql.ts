import { type CapSet, minus, toNames } from '../engine/cap-set.ts';
import { CAPABILITIES, type Capability } from '../engine/capability.ts';
import { type CapabilityDecision, explain } from '../engine/explain.ts';
import type { Resolution } from '../engine/resolution.ts';
import { resolveOrThrow } from '../engine/resolve.ts';
import { RISK_TIERS, type RiskTier } from '../engine/risk.ts';
import { assessRisk, type RiskAssessment, type RiskContribution } from '../engine/risk-assessment.ts';
import { RUNTIME_IDS, type RuntimeId } from '../engine/runtime.ts';
import type { Spec } from '../engine/spec.ts';
import { type Warning, warn } from '../engine/warnings.ts';
import { builder } from '../graphql/builder.ts';
import { apiName } from '../kernel/api-name.ts';
import { readInput } from '../kernel/input.ts';
import { askedSpec } from './spec-input.ts';

export const RuntimeEnum = builder.enumType('Runtime', {
  description: 'What starts the container; the same words mean different sets on different runtimes.',
  values: Object.fromEntries(RUNTIME_IDS.map((id) => [apiName(id), { value: id, description: `\`${id}\`` }])) as Record<
    string,
    { value: RuntimeId; description: string }
  >,
});

export const RiskTierEnum = builder.enumType('RiskTier', {
  description: 'How much a container could do to what lies outside it, in steps. The tier decides who has to approve.',
  values: Object.fromEntries(RISK_TIERS.map((tier) => [tier.toUpperCase(), { value: tier }])) as Record<
    Uppercase<RiskTier>,
    { value: RiskTier }
  >,
});

const ProfileSpecInput = builder.inputType('ProfileSpecInput', {
  description: 'What somebody asks a runtime for, in the words that the runtime would get.',
  fields: (t) => ({
    runtime: t.field({
      type: RuntimeEnum,
      required: true,
      defaultValue: 'docker',
      description: 'What starts the container.',
    }),
    add: t.stringList({
      required: true,
      defaultValue: [],
      description: 'Capabilities to add, ALL included: NET_ADMIN, cap_net_admin.',
    }),
    drop: t.stringList({ required: true, defaultValue: [], description: 'Capabilities to drop, ALL included.' }),
    privileged: t.boolean({ required: true, defaultValue: false, description: 'Everything, devices included.' }),
    user: t.string({ description: 'user or user:group; root when left out.' }),
    noNewPrivileges: t.boolean({
      required: true,
      defaultValue: false,
      description: 'Whether set-user-id programs and file capabilities shall give nothing.',
    }),
  }),
});

export { ProfileSpecInput };

/** The input as the engine's Spec; null stands for what was left out. */
export function specOf(input: typeof ProfileSpecInput.$inferInput): Spec {
  return { ...input, user: input.user ?? undefined };
}

/** Words of a spec: what a runtime makes of it takes about as much work as so many values. */
export function wordsOf({ add, drop }: Pick<typeof ProfileSpecInput.$inferInput, 'add' | 'drop'>): number {
  return add.length + drop.length;
}

export const ProfileSpecRef = builder.objectRef<Spec>('ProfileSpec').implement({
  description: 'What was asked for, word for word.',
  fields: (t) => ({
    runtime: t.expose('runtime', { type: RuntimeEnum, description: 'What starts the container.' }),
    add: t.stringList({ description: 'Capabilities to add.', resolve: ({ add }) => add }),
    drop: t.stringList({ description: 'Capabilities to drop.', resolve: ({ drop }) => drop }),
    privileged: t.exposeBoolean('privileged', { description: 'Everything, devices included.' }),
    user: t.exposeString('user', {
      nullable: true,
      description: 'user or user:group; null where the request did not say.',
    }),
    noNewPrivileges: t.exposeBoolean('noNewPrivileges', {
      description: 'Whether set-user-id programs and file capabilities give nothing.',
    }),
  }),
});

const DecisionRef = builder.objectRef<CapabilityDecision>('CapabilityDecision').implement({
  description: 'Why one capability is in the bounding set or not.',
  fields: (t) => ({
    capability: t.exposeString('capability', { description: 'CAP_CHOWN' }),
    included: t.exposeBoolean('included', { description: 'Whether it is in.' }),
    because: t.exposeString('because', { description: 'The reason, in plain words.' }),
  }),
});

const WarningRef = builder.objectRef<Warning>('Warning').implement({
  description: 'What a careful reviewer would say.',
  fields: (t) => ({
    code: t.exposeString('code', { description: 'Stable name of the warning.' }),
    message: t.exposeString('message', { description: 'What is meant, and what to do.' }),
    capabilities: t.stringList({
      description: 'The capabilities concerned.',
      resolve: ({ capabilities }) => capabilities,
    }),
  }),
});

const ContributionRef = builder.objectRef<RiskContribution>('RiskContribution').implement({
  description: 'What one capability, or one combination of them, adds to a score.',
  fields: (t) => ({
    id: t.exposeString('id', { description: 'CAP_NET_ADMIN, or the name of a combination such as net_full.' }),
    capabilities: t.stringList({
      description: 'The capabilities concerned.',
      resolve: ({ capabilities }) => capabilities,
    }),
    tier: t.expose('tier', { type: RiskTierEnum, description: 'Its own tier.' }),
    weight: t.exposeInt('weight', { description: 'Its weight in the model.' }),
    share: t.exposeFloat('share', { description: 'Its part of the place inside the band, 0 to 1.' }),
    why: t.exposeString('why', { description: 'What it makes possible.' }),
    saferAlternatives: t.stringList({
      description: 'What to ask for instead.',
      resolve: ({ saferAlternatives }) => saferAlternatives,
    }),
  }),
});

const ReductionRef = builder.objectRef<NonNullable<RiskAssessment['toNextLowerTier']>>('RiskReduction').implement({
  description: 'How to come to a lower tier.',
  fields: (t) => ({
    tier: t.expose('tier', { type: RiskTierEnum, description: 'The tier that is left.' }),
    drop: t.stringList({ description: 'The smallest set to do without.', resolve: ({ drop }) => drop }),
  }),
});

const RiskRef = builder.objectRef<RiskAssessment>('RiskAssessment').implement({
  description: 'How risky a bounding set is, and why. Computed from what is granted, never from how it was asked for.',
  fields: (t) => ({
    model: t.exposeString('model', { description: 'The scoring model: caprisk-1.0.0.' }),
    score: t.exposeFloat('score', { description: '0 to 100, one decimal. The tier carries the decision.' }),
    tier: t.expose('tier', { type: RiskTierEnum, description: 'The step that the score lies in.' }),
    contributions: t.field({
      type: [ContributionRef],
      description: 'Heaviest first.',
      resolve: ({ contributions }) => contributions,
    }),
    toNextLowerTier: t.expose('toNextLowerTier', {
      type: ReductionRef,
      nullable: true,
      description: 'How to come to the next lower tier; null at the bottom.',
    }),
  }),
});

const names = (description: string, of: (resolution: Resolution) => CapSet) => ({
  description,
  complexity: 2,
  resolve: (resolution: Resolution) => toNames(of(resolution)),
});

export const ResolutionRef = builder.objectRef<Resolution>('Resolution').implement({
  description: 'What the kernel really grants: the five sets of the first process, by capability number.',
  fields: (t) => ({
    bounding: t.stringList(names('The ceiling: nothing in the container ever gets more.', ({ sets }) => sets.bounding)),
    permitted: t.stringList(names('What the process may make effective.', ({ sets }) => sets.permitted)),
    effective: t.stringList(names('What the process can use at once.', ({ sets }) => sets.effective)),
    inheritable: t.stringList(
      names('What programs with file capabilities may inherit.', ({ sets }) => sets.inheritable),
    ),
    ambient: t.stringList(names('What programs without any keep.', ({ sets }) => sets.ambient)),
    ceilingOnly: t.stringList(
      names(
        'In the ceiling, but not in effect: reached only through set-user-id programs or file capabilities.',
        ({ sets }) => minus(sets.bounding, sets.effective),
      ),
    ),
    decisions: t.field({
      type: [DecisionRef],
      description: 'All 41 capabilities, by number, each with its reason.',
      resolve: (resolution) => explain(resolution),
    }),
    warnings: t.field({
      type: [WarningRef],
      description: 'What to look at.',
      resolve: (resolution) => warn(resolution),
    }),
    risk: t.field({
      type: RiskRef,
      description: 'How risky the bounding set is, and why.',
      resolve: ({ spec, sets }) => assessRisk(sets.bounding, spec.privileged),
    }),
  }),
});

const CapabilityRef = builder.objectRef<Capability>('Capability').implement({
  description: 'A Linux capability.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'CAP_CHOWN' }),
    number: t.exposeInt('number', { description: "The kernel's bit number." }),
    since: t.exposeString('since', { description: 'The first kernel version that knows it.' }),
    summary: t.exposeString('summary', { description: 'What it lets a process do.' }),
  }),
});

builder.queryFields((t) => ({
  capabilities: t.field({
    type: [CapabilityRef],
    description: 'Every capability, by number.',
    resolve: () => CAPABILITIES,
  }),
  resolve: t.field({
    type: ResolutionRef,
    description: 'What a runtime really does with these words, contradictions included (then with a warning).',
    complexity: ({ spec }) => ({ field: 5 + wordsOf(spec) }),
    args: { spec: t.arg({ type: ProfileSpecInput, required: true, description: 'The words.' }) },
    resolve: (_root, { spec }) => resolveOrThrow(readInput(askedSpec, specOf(spec))),
  }),
}));
