import { toNames } from '../engine/cap-set.ts';
import { type CapabilityDifference, compareRuntimes, type RuntimeComparison } from '../engine/compare.ts';
import type { RuntimeChange, RuntimeRules } from '../engine/runtime-rules.ts';
import { ALL_RULES } from '../engine/runtimes.ts';
import { builder } from '../graphql/builder.ts';
import { readInput } from '../kernel/input.ts';
import { ProfileSpecInput, RuntimeEnum, specOf, wordsOf } from './resolution.graphql.ts';
import { askedSpec } from './spec-input.ts';

const ChangeRef = builder.objectRef<RuntimeChange>('RuntimeChange').implement({
  description: 'What changed for capabilities in a version of a runtime.',
  fields: (t) => ({
    since: t.exposeString('since', { description: 'The version.' }),
    change: t.exposeString('change', { description: 'What.' }),
  }),
});

const RuntimeInfoRef = builder.objectRef<RuntimeRules>('RuntimeInfo').implement({
  description: 'A runtime, and what the engine knows of it.',
  fields: (t) => ({
    runtime: t.expose('id', { type: RuntimeEnum, description: 'Which.' }),
    title: t.exposeString('title', { description: 'What people call it.' }),
    defaults: t.stringList({
      description: 'What a container gets when nothing is asked.',
      resolve: ({ defaults }) => toNames(defaults),
    }),
    changes: t.field({ type: [ChangeRef], description: 'Oldest first.', resolve: ({ changes }) => changes }),
    sources: t.stringList({ description: 'What the rules follow.', resolve: ({ sources }) => sources }),
  }),
});

const VerdictEnum = builder.enumType('RuntimeVerdict', {
  description: 'What another runtime makes of the same words.',
  values: {
    SAME: { value: 'same', description: 'The same five sets.' },
    DIFFERENT: { value: 'different', description: 'Other sets: `differences` says which capabilities, and why.' },
    REFUSED: { value: 'refused', description: 'It refuses the words: `refusal` is its own message.' },
  } as const,
});

const DifferenceRef = builder.objectRef<CapabilityDifference>('CapabilityDifference').implement({
  description: 'A difference between two runtimes about one capability.',
  fields: (t) => ({
    capability: t.exposeString('capability', { description: 'CAP_NET_RAW' }),
    set: t.exposeString('set', {
      description:
        'The first of the five sets that differs: bounding (the ceiling), effective, permitted, inheritable, ambient.',
    }),
    included: t.exposeBoolean('included', { description: 'Whether the other runtime includes it.' }),
    because: t.exposeString('because', { description: 'Why it does.' }),
  }),
});

const ComparisonRef = builder.objectRef<RuntimeComparison>('RuntimeComparison').implement({
  description: 'What one runtime makes of the words, against the runtime that they name.',
  fields: (t) => ({
    runtime: t.expose('runtime', { type: RuntimeEnum, description: 'The other runtime.' }),
    verdict: t.expose('verdict', { type: VerdictEnum, description: 'Whether it gives the same.' }),
    differences: t.field({
      type: [DifferenceRef],
      description: 'By capability number; empty unless DIFFERENT.',
      resolve: (other) => (other.verdict === 'different' ? other.differences : []),
    }),
    refusal: t.string({
      nullable: true,
      description: "The runtime's own message; null unless REFUSED.",
      resolve: (other) => (other.verdict === 'refused' ? other.refusal.message : null),
    }),
  }),
});

builder.queryFields((t) => ({
  runtimes: t.field({
    type: [RuntimeInfoRef],
    description: 'Every runtime that is known.',
    resolve: () => ALL_RULES,
  }),
  compareRuntimes: t.field({
    type: [ComparisonRef],
    description: 'What every other runtime makes of the same words.',
    // Every runtime reads every word, whatever is selected of it.
    complexity: ({ spec }) => ({ field: 20 + wordsOf(spec) * ALL_RULES.length, multiplier: 11 }),
    args: {
      spec: t.arg({
        type: ProfileSpecInput,
        required: true,
        description: 'The words, and the runtime to compare with.',
      }),
    },
    resolve: (_root, { spec }) => compareRuntimes(readInput(askedSpec, specOf(spec))).others,
  }),
}));
