import { answerOperations, OPERATIONS, type OperationAnswer } from '../engine/operations/answer.ts';
import type { Operation } from '../engine/operations/operation.ts';
import { builder } from '../graphql/builder.ts';
import { ResolutionRef } from './resolution.graphql.ts';

const OperationRef = builder.objectRef<Operation>('Operation').implement({
  description: 'Something that a program may want to do, and the capabilities that allow it.',
  fields: (t) => ({
    id: t.exposeString('id', { description: 'Stable name: mount-filesystem.' }),
    title: t.exposeString('title', { description: 'What it is, in words.' }),
    area: t.exposeString('area', { description: 'files, network, processes, kernel or machine.' }),
    needs: t.field({
      type: [NeedRef],
      description: 'Any one of these is enough.',
      resolve: ({ needs }) => needs.map((capabilities) => ({ capabilities })),
    }),
    note: t.exposeString('note', { nullable: true, description: 'What else to know.' }),
    source: t.exposeString('source', { description: 'Where it is written.' }),
  }),
});

const NeedRef = builder.objectRef<{ readonly capabilities: readonly string[] }>('OperationNeed');
NeedRef.implement({
  description: 'Capabilities that together allow an operation.',
  fields: (t) => ({
    capabilities: t.stringList({ description: 'All of them.', resolve: ({ capabilities }) => capabilities }),
  }),
});

const AnswerEnum = builder.enumType('OperationVerdict', {
  description: 'Whether a container can do something.',
  values: {
    ALLOWED: { value: 'allowed', description: 'It works in an ordinary container of that runtime.' },
    DENIED: { value: 'denied', description: 'The kernel says no, whatever the program does.' },
    DEPENDS: { value: 'depends', description: 'It depends on more than capabilities: `on` says on what.' },
  } as const,
});

export const OperationAnswerRef = builder.objectRef<OperationAnswer>('OperationAnswer').implement({
  description: 'Whether a container with that resolution can do it.',
  fields: (t) => ({
    operation: t.expose('operation', { type: OperationRef, description: 'What.' }),
    answer: t.expose('answer', { type: AnswerEnum, description: 'Whether it can.' }),
    on: t.stringList({
      description: 'What it depends on, each to be read after "depends on".',
      resolve: ({ on }) => on,
    }),
    through: t.stringList({ description: 'The capabilities that allow it.', resolve: ({ through }) => through }),
  }),
});

builder.objectField(ResolutionRef, 'operations', (t) =>
  t.field({
    type: [OperationAnswerRef],
    description: 'What the container can do, in words, by area: all, or those with this answer.',
    complexity: { field: 5, multiplier: 20 },
    args: { answer: t.arg({ type: AnswerEnum, description: 'Only those with this answer.' }) },
    resolve: (resolution, { answer }) =>
      answerOperations(resolution).filter((given) => answer == null || given.answer === answer),
  }),
);

builder.queryField('operations', (t) =>
  t.field({
    type: [OperationRef],
    description: 'The catalogue of operations, by area; or those that this capability has a part in.',
    args: { capability: t.arg.string({ description: 'CAP_NET_ADMIN' }) },
    resolve: (_root, { capability }) =>
      OPERATIONS.filter(({ needs }) => capability == null || needs.some((names) => names.includes(capability))),
  }),
);
