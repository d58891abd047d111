// Stands between an engine and runc: writes down the capabilities that the OCI spec asks for, then takes out what this
// machine cannot give, so that the container starts nevertheless. Called by the script of recorder.ts with: the directory
// of the records, the names of what is lacking (with commas), the bundle, the id of the container.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { OciCapabilities } from './recorder.ts';

interface OciSpec {
  process: { capabilities?: OciCapabilities; rlimits?: unknown };
}

const [records = '', lacking = '', bundle = '', id = ''] = process.argv.slice(2);
const path = join(bundle, 'config.json');
const spec = JSON.parse(readFileSync(path, 'utf8')) as OciSpec;
const capabilities = spec.process.capabilities ?? {};
writeFileSync(join(records, `${id}.json`), JSON.stringify(capabilities));

const isLacking = (name: string) => lacking.split(',').includes(name);
spec.process.capabilities = Object.fromEntries(
  Object.entries(capabilities).map(([set, names = []]) => [set, names.filter((name) => !isLacking(name))]),
);
// Raising a limit takes a capability of its own.
if (isLacking('CAP_SYS_RESOURCE')) delete spec.process.rlimits;
writeFileSync(path, JSON.stringify(spec));
