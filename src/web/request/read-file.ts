import type { RuntimeId } from '../../engine/runtime.ts';
import type { Spec } from '../../engine/spec.ts';
import { detectImport } from '../../formats/import/detect.ts';
import { importContainers } from '../../formats/import/imports.ts';
import { DomainError } from '../../kernel/errors.ts';
import { ServiceError } from '../api/service-error.ts';

export interface ReadContainer {
  readonly name: string;
  readonly spec: Spec;
  readonly warnings: readonly string[];
  readonly line: number;
}

/**
 * The containers of a text that somebody pasted, whatever it is.
 * @throws ServiceError where it is not understood, with the place
 */
export function readFile(content: string, runtime: RuntimeId): readonly ReadContainer[] {
  const id = detectImport('pasted', content);
  if (id === undefined) {
    throw new ServiceError(
      'INVALID_INPUT',
      'What this is cannot be told from its first lines. Paste the whole file or command.',
    );
  }
  try {
    const containers = importContainers(id, {
      files: [{ name: 'pasted', content }],
      ...(runtime === 'docker' ? {} : { runtime }),
    });
    return containers.map(({ name, spec, warnings, position }) => ({
      name,
      spec,
      warnings: warnings.map(({ message }) => message),
      line: position.line,
    }));
  } catch (error) {
    if (error instanceof DomainError) throw new ServiceError(error.code, error.message, error.issues);
    throw error;
  }
}
