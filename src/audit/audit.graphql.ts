import { builder, pageCost } from '../graphql/builder.ts';
import { connectionOf, connectionType, pageArgs } from '../graphql/connection.ts';
import { ActorRef } from '../teams/members.graphql.ts';
import { CAPWARD } from './audit-event.ts';
import type { AuditEventView } from './audit-reads.ts';
import { auditCursor, listAuditEvents } from './list-audit-events.ts';

const AuditEventRef = builder.objectRef<AuditEventView>('AuditEvent').implement({
  description: 'Something that happened. It is written in the same transaction, and never changes.',
  fields: (t) => ({
    id: t.id({
      description: 'Its number in the history of the organization: 1, 2, 3 … without gaps.',
      resolve: ({ seq }) => seq.toString(),
    }),
    at: t.expose('at', { type: 'DateTime', description: 'When.' }),
    action: t.exposeString('action', { description: 'What: request.created, request.approved, profile.revoked …' }),
    actor: t.field({
      type: ActorRef,
      description: 'Who.',
      resolve: ({ actorId, actorLogin }, _args, { loaders }) =>
        actorId === CAPWARD.memberId
          ? { id: actorId, kind: 'SERVICE' as const, login: actorLogin }
          : loaders.member.load(actorId),
    }),
    subject: t.string({
      description: 'What it was done to: its kind and id.',
      resolve: ({ subjectType, subjectId }) => `${subjectType} ${subjectId}`,
    }),
    payload: t.string({
      description: 'What is needed to understand the event by itself: a JSON object.',
      resolve: ({ record }) => JSON.stringify((JSON.parse(record) as { payload: unknown }).payload),
    }),
    record: t.exposeString('record', {
      description: 'The whole event as canonical JSON (RFC 8785): what the leaf hash is of.',
    }),
    leafHash: t.string({
      description: 'SHA-256 of a zero byte and the record, in hex (the leaf hash of RFC 6962).',
      resolve: ({ leafHash }) => leafHash.toString('hex'),
    }),
  }),
});

const AuditEventConnectionRef = connectionType('AuditEvent', AuditEventRef);

builder.queryField('auditEvents', (t) =>
  t.field({
    type: AuditEventConnectionRef,
    description: 'The history, newest first. Members name a team that they work for.',
    complexity: pageCost,
    args: {
      team: t.arg.string({ description: 'Only what concerns the team with this slug.' }),
      profile: t.arg.string({ description: 'Only what concerns this profile of the team.' }),
      action: t.arg.string({ description: 'Only this action.' }),
      actor: t.arg.string({ description: 'Only what this member did: their login.' }),
      ...pageArgs,
    },
    resolve: async (_root, args, { ports, actor }) =>
      connectionOf(await listAuditEvents(ports, actor, args), auditCursor, ({ seq }) => [seq.toString()] as const),
  }),
);
