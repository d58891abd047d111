import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CapSet, fromNames, has } from '../../../src/engine/cap-set.ts';
import { numberOf } from '../../../src/engine/capability.ts';
import { type Finished, run, whereIs } from '../command.ts';
import { type Image, SHOW_SETS } from '../image/root-filesystem.ts';
import type { Machine } from '../machine.ts';
import { lastLine } from '../packages.ts';
import type { Stage } from '../stage.ts';
import { podmanDefaults } from './expectation.ts';
import { type Version, versionIn } from './version.ts';

/** A Podman with storage of its own. */
export interface PodmanEngine {
  readonly version: Version;
  readonly described: string;
  /** What a container gets when nothing is asked, on this version with the containers.conf of this machine. */
  readonly defaults: CapSet;
  readonly image: string;
  /** The program and its options up to the subcommand; `runtime` in the place of runc. */
  command(runtime?: string): readonly [string, ...string[]];
  /** `podman run` with these flags, without a network. */
  run(flags: readonly string[], program: readonly string[]): Promise<Finished>;
  /** The options of `podman run` that this machine takes whatever a container is for. */
  readonly runOptions: readonly string[];
}

const CAP_SYS_RESOURCE = numberOf('CAP_SYS_RESOURCE') ?? 0;

/** Makes a Podman with the image in it, or says why that is not possible here. */
export async function startPodman(stage: Stage, image: Image, machine: Machine): Promise<PodmanEngine | string> {
  if ((await whereIs('podman')) === undefined) return 'podman is not installed';
  if ((await whereIs('runc')) === undefined) return 'runc is not installed';
  const directory = join(stage.directory, 'podman');
  mkdirSync(directory);
  const places = [
    '--root',
    join(directory, 'root'),
    '--runroot',
    join(directory, 'run'),
    '--tmpdir',
    join(directory, 'tmp'),
  ];
  const settings = ['--storage-driver=vfs', '--cgroup-manager=cgroupfs', '--events-backend=none'];
  const command = (runtime = 'runc') => ['podman', ...places, ...settings, '--runtime', runtime] as const;
  const [binary, ...options] = command();
  const podman = (...args: readonly string[]) => run(binary, [...options, ...args]);
  stage.onClose('removing the containers of podman', async () => {
    const orderly = { evenWhileEnding: true };
    await run(binary, [...options, 'pod', 'rm', '--all', '--force', '--time', '0'], orderly);
    await run(binary, [...options, 'rm', '--all', '--force', '--time', '0'], orderly);
    await run(binary, [...options, 'rmi', '--all', '--force'], orderly);
  });
  const name = 'localhost/capward-probe:1';
  const imported = await podman('import', '--quiet', image.archive, name);
  if (imported.code !== 0) return `podman does not take the image: ${lastLine(imported.stderr)}`;
  const described = (await podman('--version')).stdout.trim();
  const version = versionIn(described);
  // By default it raises limits as far as the kernel lets root, which takes a capability that may be lacking.
  const limits = has(machine.held, CAP_SYS_RESOURCE) ? [] : ['--ulimit=nofile=1024:1024', '--ulimit=nproc=1024:1024'];
  const runOptions = ['--rm', '--network=none', ...limits];
  const first = await podman('run', ...runOptions, '--cap-drop=ALL', name, ...SHOW_SETS);
  if (first.code !== 0) return `podman starts no container here: ${lastLine(first.stderr)}`;
  return {
    version,
    described: `${described.replace(' version', '')} with runc ${versionIn((await run('runc', ['--version'])).stdout).join('.')}`,
    defaults: configuredDefaults() ?? podmanDefaults(version),
    image: name,
    command,
    runOptions,
    run: (flags, program) => podman('run', ...runOptions, ...flags, name, ...program),
  };
}

/** `default_capabilities` of the last containers.conf that sets it. */
function configuredDefaults(): CapSet | undefined {
  let found: CapSet | undefined;
  for (const path of ['/usr/share/containers/containers.conf', '/etc/containers/containers.conf']) {
    const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
    const list = /^default_capabilities\s*=\s*\[([^\]]*)\]/m.exec(text)?.[1];
    if (list === undefined) continue;
    found = fromNames([...list.matchAll(/"(?:CAP_)?(\w+)"/g)].map(([, name = '']) => `CAP_${name}`));
  }
  return found;
}
