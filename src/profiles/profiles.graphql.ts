import { resolveOrThrow } from '../engine/resolve.ts';
import { previewExport } from '../exports/preview-export.ts';
import { FORMAT_IDS, type FormatId } from '../formats/formats.ts';
import { builder, pageCost } from '../graphql/builder.ts';
import { connectionOf, connectionType, pageArgs } from '../graphql/connection.ts';
import { forgetAll } from '../graphql/loaders.ts';
import { apiName } from '../kernel/api-name.ts';
import { encodeId } from '../kernel/ids.ts';
import { ActorRef } from '../teams/members.graphql.ts';
import { TeamRef } from '../teams/teams.graphql.ts';
import { findProfile } from './find-profile.ts';
import { listProfiles, profileCursors } from './list-profiles.ts';
import { listRevisions, revisionCursor } from './list-revisions.ts';
import type { Profile } from './profile.ts';
import { ProfileSpecRef, ResolutionRef, RiskTierEnum } from './resolution.graphql.ts';
import { type Revision, type Standing, standingOf } from './revision.ts';
import { revokeProfile } from './revoke-profile.ts';

const StandingEnum = builder.enumType('Standing', {
  description: 'Where a revision stands.',
  values: {
    IN_FORCE: { description: 'Approved, and what exports give.' },
    SUPERSEDED: { description: 'Was approved; a later revision took its place.' },
    EXPIRED: { description: 'Was approved; its time ran out.' },
    REVOKED: { description: 'Was approved; the approval was taken back.' },
    NOT_APPROVED: { description: 'Not approved, or not yet.' },
  } satisfies Record<Standing, { description: string }>,
});

const ExportFormatEnum = builder.enumType('ExportFormat', {
  description: 'How a profile can be written down for a tool that starts containers.',
  values: Object.fromEntries(FORMAT_IDS.map((id) => [apiName(id), { value: id, description: `\`${id}\`` }])) as Record<
    string,
    { value: FormatId; description: string }
  >,
});

export const RevisionRef = builder.objectRef<Revision>('Revision').implement({
  description: 'What was asked for at one time. It never changes, and its digest stands for what it grants.',
  fields: (t) => ({
    number: t.exposeInt('number', { description: '1, 2, 3 … within the profile.' }),
    digest: t.expose('digest', { type: 'Digest', description: 'What a review names and an approval is of.' }),
    spec: t.expose('spec', { type: ProfileSpecRef, description: 'The words of the request.' }),
    resolution: t.field({
      type: ResolutionRef,
      description: 'What it grants.',
      // The sets are those that were reviewed, whatever this version of the engine would make of the words.
      resolve: ({ spec, sets }) => ({ ...resolveOrThrow(spec), sets }),
    }),
    author: t.expose('author', { type: ActorRef, description: 'Who wrote it.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was written.' }),
    approvedAt: t.expose('approvedAt', { type: 'DateTime', nullable: true, description: 'When it was approved.' }),
    expiresAt: t.expose('expiresAt', {
      type: 'DateTime',
      nullable: true,
      description: 'Until when the approval holds; null where it is not approved, or holds until revoked.',
    }),
    revokedAt: t.expose('revokedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When the approval was taken back.',
    }),
    revokedBy: t.exposeString('revokedBy', { nullable: true, description: 'Login of who took it back.' }),
    revocationReason: t.exposeString('revocationReason', { nullable: true, description: 'Why they did.' }),
    standing: t.field({
      type: StandingEnum,
      description: 'Where it stands now.',
      resolve: async (revision, _args, { loaders, ports }) => {
        const { approved } = await loaders.profile.load(revision.profileId);
        return standingOf(revision, approved?.number ?? null, ports.now());
      },
    }),
    export: t.string({
      description: 'It in that format. Where it is not in force, the first line says so.',
      complexity: 5,
      args: { format: t.arg({ type: ExportFormatEnum, required: true, description: 'Which format.' }) },
      resolve: async (revision, { format }, { loaders, ports }) =>
        previewExport(await loaders.profile.load(revision.profileId), revision, format, ports.now()),
    }),
  }),
});

/** What a profile has in force at the moment; null where it is not approved, revoked, or has run out. */
export function inForce(profile: Profile, now: Date): Revision | null {
  const { approved } = profile;
  return approved !== null && standingOf(approved, approved.number, now) === 'IN_FORCE' ? approved : null;
}

export const ProfileRef = builder.objectRef<Profile>('Profile').implement({
  description: 'A named set of capabilities of a team, in revisions.',
  fields: (t) => ({
    id: t.id({ description: 'Opaque.', resolve: ({ id }) => encodeId('profile', id) }),
    team: t.expose('team', { type: TeamRef, description: 'Whose it is.' }),
    name: t.exposeString('name', { description: 'Its name, unique in the team.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was first requested.' }),
    approved: t.field({
      type: RevisionRef,
      nullable: true,
      description: 'The revision in force; null where there is none (any more).',
      resolve: (profile, _args, { ports }) => inForce(profile, ports.now()),
    }),
    lastApproved: t.field({
      type: RevisionRef,
      nullable: true,
      description: 'The revision that was approved last, in force or not; null where none ever was.',
      resolve: ({ approved }) => approved,
    }),
    standing: t.field({
      type: StandingEnum,
      description: 'Where the revision stands that was approved last.',
      resolve: ({ approved }, _args, { ports }) =>
        approved === null ? 'NOT_APPROVED' : standingOf(approved, approved.number, ports.now()),
    }),
    revisions: t.field({
      type: RevisionConnectionRef,
      description: 'Every revision, newest first.',
      complexity: pageCost,
      args: pageArgs,
      resolve: async (profile, args, { actor, loaders }) =>
        connectionOf(
          await listRevisions(actor, profile, args, (page) => loaders.revisionPage.load(page)),
          revisionCursor,
          ({ number }) => [String(number)] as const,
        ),
    }),
  }),
});

const RevisionConnectionRef = connectionType('Revision', RevisionRef);
const ProfileConnectionRef = connectionType('Profile', ProfileRef);

builder.queryFields((t) => ({
  profile: t.field({
    type: ProfileRef,
    nullable: true,
    description: 'The profile of that team and name; null where there is none to be seen.',
    args: {
      team: t.arg.string({ required: true, description: 'Slug of its team.' }),
      name: t.arg.string({ required: true, description: 'Its name.' }),
    },
    resolve: (_root, { team, name }, { ports, actor }) => findProfile(ports, actor, team, name),
  }),
  profiles: t.field({
    type: ProfileConnectionRef,
    description: 'Profiles by name; with `expiringInDays`, those that end first come first.',
    complexity: pageCost,
    args: {
      team: t.arg.string({ description: 'Only those of the team with this slug.' }),
      search: t.arg.string({ description: 'Only those whose name, or whose team, has this in it.' }),
      tier: t.arg({ type: RiskTierEnum, description: 'Only those with a revision of this tier in force.' }),
      grants: t.arg.string({ description: 'Only those in force that may have this capability, such as SYS_ADMIN.' }),
      expiringInDays: t.arg.int({ description: 'Only those in force whose approval ends within so many days.' }),
      ...pageArgs,
    },
    resolve: async (_root, args, { ports, actor }) => {
      const { codec, keyOf } = profileCursors(args);
      return connectionOf(await listProfiles(ports, actor, args), codec, keyOf);
    },
  }),
}));

const RevokeProfileInput = builder.inputType('RevokeProfileInput', {
  description: 'What revokeProfile takes.',
  fields: (t) => ({
    team: t.string({ required: true, description: 'Slug of its team.' }),
    name: t.string({ required: true, description: 'Its name.' }),
    reason: t.string({ required: true, description: 'Why; kept in the history. Up to 1,000 characters.' }),
  }),
});
const RevokeProfilePayload = builder.objectRef<{ profileId: string }>('RevokeProfilePayload').implement({
  description: 'What revokeProfile changed.',
  fields: (t) => ({
    profile: t.field({
      type: ProfileRef,
      description: 'The profile, without a revision in force.',
      resolve: ({ profileId }, _args, { loaders }) => loaders.profile.load(profileId),
    }),
  }),
});

builder.mutationField('revokeProfile', (t) =>
  t.field({
    type: RevokeProfilePayload,
    description: 'Takes the revision in force back, at once. For approvers, owners, and maintainers of the team.',
    complexity: 20,
    args: { input: t.arg({ type: RevokeProfileInput, required: true, description: 'All of it.' }) },
    resolve: async (_root, { input }, { ports, actor, loaders }) => {
      const profileId = await revokeProfile(ports, actor, input);
      forgetAll(loaders);
      return { profileId };
    },
  }),
);
