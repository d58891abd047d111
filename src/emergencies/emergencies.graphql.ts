import { builder, pageCost } from '../graphql/builder.ts';
import { connectionOf, connectionType, pageArgs } from '../graphql/connection.ts';
import type { GraphQLContext } from '../graphql/context.ts';
import { forgetAll } from '../graphql/loaders.ts';
import { encodeId } from '../kernel/ids.ts';
import { ProfileRef, RevisionRef } from '../profiles/profiles.graphql.ts';
import { ProfileSpecInput, specOf } from '../profiles/resolution.graphql.ts';
import { ActorRef } from '../teams/members.graphql.ts';
import { breakGlass } from './break-glass.ts';
import { closeEmergency } from './close-emergency.ts';
import { type Emergency, isUsable } from './emergency.ts';
import { readOwnEmergency } from './find-own-emergency.ts';
import { emergencyCursor, listEmergencies } from './list-emergencies.ts';

const EmergencyRef = builder.objectRef<Emergency>('Emergency').implement({
  description: 'A short approval that somebody gave to one person without reviews (break-glass).',
  fields: (t) => ({
    id: t.id({ description: 'Opaque.', resolve: ({ id }) => encodeId('emergency', id) }),
    profile: t.field({
      type: ProfileRef,
      description: 'Of which profile.',
      resolve: ({ profileId }, _args, { loaders }) => loaders.profile.load(profileId),
    }),
    revision: t.field({
      type: RevisionRef,
      description: 'What it grants.',
      resolve: ({ profileId, revision }, _args, { loaders }) => loaders.revision.load({ profileId, number: revision }),
    }),
    person: t.expose('member', { type: ActorRef, description: 'To whom it was given: nobody else can export it.' }),
    openedBy: t.expose('openedBy', { type: ActorRef, description: 'Who gave it.' }),
    reason: t.exposeString('reason', { description: 'Why.' }),
    openedAt: t.expose('openedAt', { type: 'DateTime', description: 'When.' }),
    endsAt: t.expose('endsAt', {
      type: 'DateTime',
      description: 'Until when it can be used, unless it is closed before.',
    }),
    usable: t.boolean({
      description: 'Whether it can be used now.',
      resolve: (emergency, _args, { ports }) => isUsable(emergency, ports.now()),
    }),
    closedBy: t.expose('closedBy', { type: ActorRef, nullable: true, description: 'Who looked at it afterwards.' }),
    closedAt: t.expose('closedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When; null as long as it is open.',
    }),
    justified: t.exposeBoolean('justified', { nullable: true, description: 'Whether they found that it was one.' }),
    closingComment: t.exposeString('closingComment', { nullable: true, description: 'What they said.' }),
  }),
});

const EmergencyConnectionRef = connectionType('Emergency', EmergencyRef);

builder.objectField(ProfileRef, 'emergencies', (t) =>
  t.field({
    type: [EmergencyRef],
    description: 'Emergencies that nobody has closed yet, newest first.',
    resolve: ({ id }, _args, { loaders }) => loaders.openEmergenciesOf.load(id),
  }),
);

builder.queryField('emergencies', (t) =>
  t.field({
    type: EmergencyConnectionRef,
    description: 'Emergencies, newest first.',
    complexity: pageCost,
    args: {
      open: t.arg.boolean({ description: 'Only those that nobody has closed yet, or only the others.' }),
      ...pageArgs,
    },
    resolve: async (_root, args, { ports, actor }) =>
      connectionOf(await listEmergencies(ports, actor, args), emergencyCursor, ({ id }) => [id] as const),
  }),
);

const BreakGlassInput = builder.inputType('BreakGlassInput', {
  description: 'What breakGlass takes.',
  fields: (t) => ({
    team: t.string({ required: true, description: 'Slug of the team.' }),
    name: t.string({ required: true, description: 'Name of the profile.' }),
    spec: t.field({ type: ProfileSpecInput, required: true, description: 'What is needed.' }),
    reason: t.string({ required: true, description: 'Why it cannot wait. Up to 1,000 characters.' }),
    hours: t.int({ required: true, description: 'For how long; the policy has a limit.' }),
    person: t.string({ required: true, description: 'Email of the one person who may export it.' }),
  }),
});

const CloseEmergencyInput = builder.inputType('CloseEmergencyInput', {
  description: 'What closeEmergency takes.',
  fields: (t) => ({
    id: t.id({ required: true, description: 'Which emergency.' }),
    justified: t.boolean({ required: true, description: 'Whether it was one.' }),
    comment: t.string({ required: true, description: 'What came out. Up to 4,000 characters.' }),
  }),
});

interface Changed {
  readonly emergency: Emergency;
}

function payload(verb: string) {
  return builder.objectRef<Changed>(`${verb}Payload`).implement({
    description: `What ${verb.charAt(0).toLowerCase()}${verb.slice(1)} changed.`,
    fields: (t) => ({ emergency: t.expose('emergency', { type: EmergencyRef, description: 'The emergency now.' }) }),
  });
}

async function changed({ ports, actor, loaders }: GraphQLContext, change: Promise<string>): Promise<Changed> {
  const id = await change;
  forgetAll(loaders);
  return { emergency: await readOwnEmergency(ports, actor, id) };
}

const input = 'All of it.';

builder.mutationFields((t) => ({
  breakGlass: t.field({
    type: payload('BreakGlass'),
    description: 'Gives one person a short approval without reviews. For those whom the policy names.',
    complexity: 20,
    args: { input: t.arg({ type: BreakGlassInput, required: true, description: input }) },
    resolve: (_root, args, context) =>
      changed(context, breakGlass(context.ports, context.actor, { ...args.input, spec: specOf(args.input.spec) })),
  }),
  closeEmergency: t.field({
    type: payload('CloseEmergency'),
    description: 'Says whether an emergency was one, and ends it. For an approver who had no part in it.',
    complexity: 20,
    args: { input: t.arg({ type: CloseEmergencyInput, required: true, description: input }) },
    resolve: (_root, args, context) => changed(context, closeEmergency(context.ports, context.actor, args.input)),
  }),
}));
