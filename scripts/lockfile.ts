// What package-lock.json must be so that `npm ci` works for everybody: it names no registry host, and it names the
// packages of every platform, those included that the registry at hand did not have when the lock was written. npm
// leaves such a package out and then refuses the very lock it wrote. Since nothing of another platform is fetched, a
// name, a version and the platform are enough.
//
//   node scripts/with-node.mjs scripts/lockfile.ts    completes the lock after a change of dependencies
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

interface LockedPackage {
  readonly version?: string;
  readonly resolved?: string;
  readonly optional?: boolean;
  readonly dev?: boolean;
  readonly os?: readonly string[];
  readonly cpu?: readonly string[];
  readonly libc?: readonly string[];
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

export interface Lockfile {
  /** By path, as in `node_modules/jest`; the project itself is under the empty path. */
  readonly packages: Readonly<Record<string, LockedPackage>>;
}

const SYSTEMS = ['aix', 'android', 'darwin', 'freebsd', 'linux', 'netbsd', 'openbsd', 'openharmony', 'sunos', 'win32'];
const PROCESSORS = ['arm64', 'arm', 'ia32', 'loong64', 'mips64el', 'ppc64', 'riscv64', 's390x', 'wasm32', 'x64'];

/** Everything that is wrong with a lock, one line each; empty when it is fine. */
export function lockfileProblems(lock: Lockfile): readonly string[] {
  const withHost = Object.entries(lock.packages).filter(([, entry]) => entry.resolved !== undefined);
  return [
    ...withHost.map(([path, entry]) => `${path} names a host: ${entry.resolved}`),
    ...Object.keys(missingPlatforms(lock)).map(
      (path) => `${path} is missing: run node scripts/with-node.mjs scripts/lockfile.ts`,
    ),
  ];
}

/** The lock with an entry for every platform's package, in npm's order. */
export function completeLockfile<T extends Lockfile>(lock: T): T {
  const { '': project, ...packages } = { ...lock.packages, ...missingPlatforms(lock) };
  const sorted = Object.entries(packages).sort(([one], [other]) => one.localeCompare(other, 'en'));
  return { ...lock, packages: { '': project, ...Object.fromEntries(sorted) } };
}

function missingPlatforms(lock: Lockfile): Record<string, LockedPackage> {
  const missing: Record<string, LockedPackage> = {};
  for (const [path, { optionalDependencies = {}, dev }] of Object.entries(lock.packages)) {
    for (const [name, version] of Object.entries(optionalDependencies)) {
      if (isLocked(lock, path, name)) continue;
      missing[`node_modules/${name}`] = { version, ...(dev && { dev }), optional: true, ...platformOf(name) };
    }
  }
  return missing;
}

/** Whether a package finds a dependency beside itself or further up, as Node looks for it. */
function isLocked(lock: Lockfile, path: string, name: string): boolean {
  for (let from = path; ; from = from.slice(0, Math.max(0, from.lastIndexOf('/node_modules/')))) {
    if (`${from === '' ? '' : `${from}/`}node_modules/${name}` in lock.packages) return true;
    if (from === '') return false;
  }
}

/** The platform in a package's name, as in `@swc/core-linux-arm64-musl`. */
function platformOf(name: string): Pick<LockedPackage, 'os' | 'cpu' | 'libc'> {
  const words = name.split(/[-/]/);
  const os = SYSTEMS.filter((system) => words.includes(system));
  const cpu = PROCESSORS.filter((processor) => words.includes(processor));
  if (os.length !== 1 || cpu.length !== 1) throw new Error(`${name} is not in the lock and its name tells no platform`);
  if (words.some((word) => word.startsWith('musl'))) return { os, cpu, libc: ['musl'] };
  if (words.some((word) => word.startsWith('gnu'))) return { os, cpu, libc: ['glibc'] };
  return { os, cpu };
}

if (import.meta.main) {
  const file = fileURLToPath(new URL('../package-lock.json', import.meta.url));
  const lock: Lockfile = JSON.parse(readFileSync(file, 'utf8'));
  writeFileSync(file, `${JSON.stringify(completeLockfile(lock), null, 2)}\n`);
}
