import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Finished, run, whereIs } from '../command.ts';
import { hostDisk, type Image, SHOW_SETS } from '../image/root-filesystem.ts';
import { lastLine } from '../packages.ts';
import type { Stage } from '../stage.ts';
import { versionIn } from './version.ts';

/** The part of an OCI config.json that our export writes. */
export interface OciExport {
  readonly process: Readonly<Record<string, unknown>> & {
    readonly user?: { readonly uid: number; readonly gid?: number };
  };
}

/** What an ordinary container does not have, and operations may depend on. */
export interface OpenedUp {
  /** The devices of the catalogue's conditions, a writable /proc/sys, time for realtime scheduling. */
  readonly devices?: boolean;
  readonly hostProcesses?: boolean;
}

/** Whether this kernel divides the time for realtime scheduling by cgroups, of the first version that is. */
const DIVIDES_REALTIME = existsSync('/sys/fs/cgroup/cpu/cpu.rt_runtime_us');

/** runc by itself: no seccomp filter, no security module, nothing but the sets. */
export interface Runc {
  readonly described: string;
  /** Runs a container with the `process` of our export to its end. */
  run(exported: OciExport, program: readonly string[], opened?: OpenedUp): Promise<Finished>;
}

export async function prepareRunc(stage: Stage, image: Image): Promise<Runc | string> {
  if ((await whereIs('runc')) === undefined) return 'runc is not installed';
  const directory = join(stage.directory, 'runc');
  const state = join(directory, 'state');
  mkdirSync(state, { recursive: true });
  let count = 0;
  const runc: Runc = {
    described: `runc ${versionIn((await run('runc', ['--version'])).stdout).join('.')}`,
    async run(exported, program, opened = {}) {
      count += 1;
      const id = `capward-${process.pid}-${count}`;
      const bundle = join(directory, id);
      mkdirSync(bundle);
      writeFileSync(join(bundle, 'config.json'), JSON.stringify(configOf(exported, program, image, opened)));
      try {
        return await run('runc', ['--root', state, 'run', '--bundle', bundle, id]);
      } finally {
        await run('runc', ['--root', state, 'delete', '--force', id], { evenWhileEnding: true });
        rmSync(bundle, { recursive: true });
      }
    },
  };
  const first = await runc.run({ process: { capabilities: {} } }, SHOW_SETS);
  return first.code === 0 ? runc : `runc starts no container here: ${lastLine(first.stderr)}`;
}

/** A config.json around our export, with what `runc spec` would write where it matters. */
function configOf(exported: OciExport, program: readonly string[], image: Image, opened: OpenedUp) {
  const { user = { uid: 0 }, ...rest } = exported.process;
  const namespaces = ['mount', 'network', 'ipc', 'uts', ...(opened.hostProcesses === true ? [] : ['pid'])];
  const disk = hostDisk();
  return {
    ociVersion: '1.0.2',
    hostname: 'capward',
    root: { path: image.directory, readonly: false },
    process: {
      ...rest,
      terminal: false,
      args: program,
      cwd: '/',
      env: ['PATH=/bin'],
      user: { gid: 0, ...user },
    },
    mounts: [
      { destination: '/proc', type: 'proc', source: 'proc' },
      {
        destination: '/dev',
        type: 'tmpfs',
        source: 'tmpfs',
        options: ['nosuid', 'strictatime', 'mode=755', 'size=65536k'],
      },
    ],
    linux: {
      namespaces: namespaces.map((type) => ({ type })),
      readonlyPaths: opened.devices === true ? [] : ['/proc/sys'],
      ...(opened.devices === true && {
        devices: [
          { path: '/dev/net/tun', type: 'c', major: 10, minor: 200, fileMode: 0o666 },
          { path: '/dev/handed-in', type: 'b', ...disk, fileMode: 0o660 },
        ],
        resources: {
          devices: [
            { allow: true, type: 'c', access: 'rwm' },
            { allow: true, type: 'b', ...disk, access: 'rm' },
          ],
          ...(DIVIDES_REALTIME && { cpu: { realtimePeriod: 1_000_000, realtimeRuntime: 10_000 } }),
        },
      }),
    },
  };
}
