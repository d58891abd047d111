import { compose } from './compose.ts';
import { dockerRun } from './docker-run.ts';
import type { Format } from './format.ts';

/** The formats that a profile can be exported in. */
export const FORMAT_IDS = ['docker-run', 'compose'] as const;

export type FormatId = (typeof FORMAT_IDS)[number];

/** Every format by its id. */
export const FORMATS: { readonly [Id in FormatId]: Format<Id> } = {
  'docker-run': dockerRun,
  compose,
};

/** Whether a text is the id of a format. */
export function isFormatId(text: string): text is FormatId {
  return (FORMAT_IDS as readonly string[]).includes(text);
}
