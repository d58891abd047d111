import { z } from 'zod';
import { RUNTIME_IDS } from '../engine/runtime.ts';
import { detectImport } from '../formats/import/detect.ts';
import type { ImportedContainer } from '../formats/import/imported-container.ts';
import { IMPORT_IDS, importContainers } from '../formats/import/imports.ts';
import { invalidInput } from '../kernel/errors.ts';
import { readInput } from '../kernel/input.ts';

const input = z.object({
  from: z.enum(IMPORT_IDS).nullish(),
  files: z
    .array(z.object({ name: z.string().max(255), content: z.string() }))
    .min(1, 'send a file')
    .max(20, 'at most 20 files'),
  runtime: z.enum(RUNTIME_IDS).nullish(),
});

/** Reads the containers of files that somebody has; what the files are is guessed where it is not said. */
export function readContainers(asked: unknown): readonly ImportedContainer[] {
  const { from, files, runtime } = readInput(input, asked);
  const [first] = files;
  const id = from ?? (first === undefined ? undefined : detectImport(first.name, first.content));
  if (id === undefined)
    throw invalidInput('from', `what this is cannot be told: say it, one of ${IMPORT_IDS.join(', ')}`);
  return importContainers(id, { files, runtime: runtime ?? undefined });
}
