import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { toNames } from '../../../src/engine/cap-set.ts';
import { whereIs } from '../command.ts';
import type { Machine } from '../machine.ts';
import type { Stage } from '../stage.ts';

/** `process.capabilities` of an OCI spec; a set that is not there is empty. */
export type OciCapabilities = Readonly<Partial<Record<string, readonly string[]>>>;

/** A runc that writes down what an engine asks of it, and leaves out of it what the machine cannot give. */
export interface Recorder {
  /** The program, to be used in the place of runc. */
  readonly program: string;
  /** What was asked of it for a container, by the container's id. */
  askedFor(id: string): OciCapabilities;
}

export async function makeRecorder(stage: Stage, machine: Machine): Promise<Recorder> {
  const records = join(stage.directory, 'records');
  mkdirSync(records);
  const program = join(stage.directory, 'recorder');
  const inspect = [
    process.execPath,
    join(import.meta.dirname, 'oci-recorder.ts'),
    records,
    toNames(machine.lacking).join(),
  ];
  const script = `#!/bin/sh
previous= bundle=
for argument in "$@"; do
  case $previous in --bundle | -b) bundle=$argument ;; esac
  previous=$argument
done
if [ -n "$bundle" ]; then ${inspect.map(quoted).join(' ')} "$bundle" "$previous" || exit 1; fi
exec ${quoted((await whereIs('runc')) ?? 'runc')} "$@"
`;
  writeFileSync(program, script);
  chmodSync(program, 0o755);
  return {
    program,
    askedFor: (id) => JSON.parse(readFileSync(join(records, `${id}.json`), 'utf8')) as OciCapabilities,
  };
}

function quoted(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`;
}
