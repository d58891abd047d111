import type { Actor, TeamRole } from '../access/actor.ts';
import { effectiveScopes } from '../access/permissions.ts';
import { builder } from '../graphql/builder.ts';
import { listTokens } from './list-tokens.ts';
import { MemberRef, TeamRoleEnum } from './members.graphql.ts';
import type { Org } from './org-store.ts';
import { TeamRef } from './teams.graphql.ts';
import { TokenRef } from './tokens.graphql.ts';
import { describeViewer, visibleTeams } from './viewer.ts';

const OrgRef = builder.objectRef<Org>('Organization').implement({
  description: 'The tenant.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Opaque.' }),
    slug: t.exposeString('slug', { description: 'Its short name.' }),
  }),
});

interface Viewer {
  readonly actor: Actor;
}

const ViewerRef = builder.objectRef<Viewer>('Viewer').implement({
  description: 'Whoever asks: the member behind the token.',
  fields: (t) => ({
    organization: t.field({
      type: OrgRef,
      description: 'Their organization.',
      resolve: (_viewer, _args, { ports, actor }) => describeViewer(ports, actor),
    }),
    member: t.field({
      type: MemberRef,
      description: 'Who they are.',
      resolve: ({ actor }) => ({ id: actor.memberId, kind: actor.kind, login: actor.login, orgRole: actor.orgRole }),
    }),
    scopes: t.stringList({
      description: 'What this token can really do: its scopes, as far as the role of its owner carries them.',
      resolve: ({ actor }) => [...effectiveScopes(actor)],
    }),
    limitedToTeams: t.boolean({
      description: 'Whether this token reaches some teams only, and so nothing that concerns the whole organization.',
      resolve: ({ actor }) => actor.credential.teamIds.size > 0,
    }),
    teams: t.field({
      type: [ViewerTeamRef],
      description: 'The teams that they are in, as far as the token reaches.',
      resolve: ({ actor }) => visibleTeams(actor),
    }),
    tokens: t.field({
      type: [TokenRef],
      description: 'The newest hundred tokens that act for them. Takes the scope admin.',
      complexity: { field: 5, multiplier: 10 },
      resolve: (_viewer, _args, { ports, actor }) => listTokens(ports, actor, undefined),
    }),
  }),
});

const ViewerTeamRef = builder.objectRef<{ readonly teamId: string; readonly role: TeamRole }>('ViewerTeam');
ViewerTeamRef.implement({
  description: 'A team that the viewer is in.',
  fields: (t) => ({
    team: t.field({
      type: TeamRef,
      description: 'Which.',
      resolve: ({ teamId }, _args, { loaders }) => loaders.team.load(teamId),
    }),
    role: t.expose('role', { type: TeamRoleEnum, description: 'What they are in it.' }),
  }),
});

builder.queryFields((t) => ({
  viewer: t.field({ type: ViewerRef, description: 'Whoever asks.', resolve: (_root, _args, { actor }) => ({ actor }) }),
}));
