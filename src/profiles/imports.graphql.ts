import { resolve } from '../engine/resolve.ts';
import type { ImportedContainer, ImportWarning } from '../formats/import/imported-container.ts';
import { IMPORT_IDS, type ImportId } from '../formats/import/imports.ts';
import type { Position } from '../formats/syntax/source-text.ts';
import { builder } from '../graphql/builder.ts';
import { apiName } from '../kernel/api-name.ts';
import { readContainers } from './read-containers.ts';
import { ProfileSpecRef, ResolutionRef, RuntimeEnum } from './resolution.graphql.ts';

const ImportFormatEnum = builder.enumType('ImportFormat', {
  description: 'What containers can be read from.',
  values: Object.fromEntries(IMPORT_IDS.map((id) => [apiName(id), { value: id, description: `\`${id}\`` }])) as Record<
    string,
    { value: ImportId; description: string }
  >,
});

const PositionRef = builder.objectRef<Position>('Position').implement({
  description: 'A place in a file, counted from 1.',
  fields: (t) => ({
    file: t.exposeString('file', { description: 'Its name, as it was sent.' }),
    line: t.exposeInt('line', { description: 'Line.' }),
    column: t.exposeInt('column', { description: 'Column, in UTF-16 units.' }),
  }),
});

const ImportWarningRef = builder.objectRef<ImportWarning>('ImportWarning').implement({
  description: 'What was noticed while reading.',
  fields: (t) => ({
    code: t.exposeString('code', { description: 'Stable name of the warning.' }),
    message: t.exposeString('message', { description: 'What is meant.' }),
    position: t.expose('position', { type: PositionRef, description: 'Where.' }),
  }),
});

const ImportedContainerRef = builder.objectRef<ImportedContainer>('ImportedContainer').implement({
  description: 'A container that a file describes, as the words that its runtime would get.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'What it is called in that file.' }),
    position: t.expose('position', { type: PositionRef, description: 'Where it stands.' }),
    spec: t.expose('spec', { type: ProfileSpecRef, description: 'What it asks for.' }),
    resolution: t.field({
      type: ResolutionRef,
      nullable: true,
      description: 'What it gets; null where its runtime would refuse it.',
      resolve: ({ spec, sets }) => {
        const outcome = resolve(spec);
        if (!outcome.ok) return null;
        return sets === undefined ? outcome.resolution : { ...outcome.resolution, sets };
      },
    }),
    refusal: t.string({
      nullable: true,
      description: 'What its runtime would say; null where it accepts it.',
      resolve: ({ spec }) => {
        const outcome = resolve(spec);
        return outcome.ok ? null : outcome.refusal.message;
      },
    }),
    warnings: t.field({
      type: [ImportWarningRef],
      description: 'What was noticed while reading.',
      resolve: ({ warnings }) => warnings,
    }),
  }),
});

const FileInput = builder.inputType('FileInput', {
  description: 'A file.',
  fields: (t) => ({
    name: t.string({ required: true, description: 'Its name: shown in positions, and a hint at what it is.' }),
    content: t.string({ required: true, description: 'Its text.' }),
  }),
});

/** So many characters of a file take about as much work as one value. */
const CHARACTERS_OF_A_VALUE = 10;

builder.queryField('readContainers', (t) =>
  t.field({
    type: [ImportedContainerRef],
    description: 'The containers of files that somebody has. Nothing of the files is kept.',
    // Files are read as a whole, whatever is selected of them; one can be long and be asked for by many aliases.
    complexity: ({ files }) => ({ field: 100 + Math.ceil(lengthOf(files) / CHARACTERS_OF_A_VALUE), multiplier: 20 }),
    args: {
      from: t.arg({ type: ImportFormatEnum, description: 'What the files are; guessed when left out.' }),
      files: t.arg({ type: [FileInput], required: true, description: 'At most 20; several Compose files are layers.' }),
      runtime: t.arg({ type: RuntimeEnum, description: 'The runtime behind what does not name one.' }),
    },
    resolve: (_root, args) => readContainers(args),
  }),
);

function lengthOf(files: readonly { readonly content: string }[]): number {
  return files.reduce((length, { content }) => length + content.length, 0);
}
