import {
  chmodSync,
  chownSync,
  closeSync,
  copyFileSync,
  mkdirSync,
  openSync,
  readdirSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { run, whereIs } from '../command.ts';
import { lastLine } from '../packages.ts';

/** The image that all containers run: a few programs on nothing. */
export interface Image {
  /** The root file system as a directory, for runc. */
  readonly directory: string;
  /** The same as a tar file, for engines that import images. */
  readonly archive: string;
  /** Why the operations cannot be tried, where the program for that is not in it. */
  readonly withoutProbe: string | undefined;
}

/** Prints the five sets of a container's first process. */
export const SHOW_SETS = ['/bin/busybox', 'cat', '/proc/self/status'] as const;

/** Tries the operations: as whoever the container's user is, and as a set-user-id program of root. */
export const PROBE = '/bin/probe';
export const PROBE_OF_ROOT = '/bin/probe-of-root';

/** The user of the probe's `stranger`, see probe/probe.h. */
const STRANGER = 4242;

const PASSWD = `root:x:0:0::/:/bin/sh
app:x:1000:1000::/:/bin/sh
`;
const GROUP = `root:x:0:
app:x:1000:
`;

/** Makes the image under a directory, or says why that is not possible. */
export async function makeImage(under: string): Promise<Image | string> {
  const busybox = await whereIs('busybox');
  if (busybox === undefined) return 'there is no busybox';
  if (await isDynamic(busybox)) return 'busybox is not the static one';
  const directory = join(under, 'rootfs');
  for (const name of ['bin', 'dev', 'etc', 'proc', 'sys', 'tmp', 'work'])
    mkdirSync(join(directory, name), { recursive: true });
  for (const name of ['tmp', 'work']) chmodSync(join(directory, name), 0o1777);
  copyFileSync(busybox, join(directory, 'bin/busybox'));
  symlinkSync('busybox', join(directory, 'bin/sh'));
  writeFileSync(join(directory, 'etc/passwd'), PASSWD);
  writeFileSync(join(directory, 'etc/group'), GROUP);
  const withoutProbe = await addProbe(directory);
  const archive = join(under, 'rootfs.tar');
  const { code, stderr } = await run('tar', ['-C', directory, '--numeric-owner', '-cf', archive, '.']);
  return code === 0 ? { directory, archive, withoutProbe } : lastLine(stderr);
}

/** Compiles the probe and puts in what it works on; says why not where that does not work. */
async function addProbe(directory: string): Promise<string | undefined> {
  const source = join(import.meta.dirname, '../probe');
  const sources = ['main.c', 'files.c', 'network.c', 'processes.c', 'kernel.c', 'machine.c'].map((file) =>
    join(source, file),
  );
  const probe = join(directory, PROBE);
  const flags = ['-static', '-O1', '-Wall', '-Wextra', '-D_GNU_SOURCE', '-o', probe];
  const { code, stderr } = await run('cc', [...flags, ...sources]);
  if (code !== 0) return `the probe cannot be compiled: ${lastLine(stderr)}`;
  copy(probe, join(directory, PROBE_OF_ROOT), 0, 0o4755);
  copy(probe, join(directory, 'bin/stranger'), STRANGER, 0o6755);
  for (const [name, mode] of [
    ['others', 0o600],
    ['others-public', 0o644],
  ] as const) {
    const path = join(directory, 'work', name);
    writeFileSync(path, `${name}\n`);
    chownSync(path, STRANGER, STRANGER);
    chmodSync(path, mode);
  }
  await addDisk(join(directory, 'work/disk'), hostDisk());
  await addDisk(join(directory, 'work/filesystem'), numbersOf(statSync(directory).dev));
  return undefined;
}

/** Changing the owner takes the set-user-id bit away, so the mode comes last. */
function copy(from: string, to: string, owner: number, mode: number): void {
  copyFileSync(from, to);
  chownSync(to, owner, owner);
  chmodSync(to, mode);
}

/** A node of a disk of the host. Containers may look at it; the device cgroup keeps it closed. */
async function addDisk(path: string, { major, minor }: Device): Promise<void> {
  await run('mknod', ['-m', '600', path, 'b', String(major), String(minor)]);
}

interface Device {
  readonly major: number;
  readonly minor: number;
}

/** The first disk that this machine lets its own root read; some keep their disks to themselves. */
export function hostDisk(): Device {
  const readable = readdirSync('/dev')
    .map((name) => join('/dev', name))
    .filter((path) => statSync(path, { throwIfNoEntry: false })?.isBlockDevice() === true)
    .find(canRead);
  return numbersOf(readable === undefined ? 0 : statSync(readable).rdev);
}

/** As the C library takes the two numbers of a device apart. */
function numbersOf(device: number): Device {
  return { major: (device >>> 8) & 0xfff, minor: (device & 0xff) | ((device >>> 12) & 0xfff00) };
}

function canRead(path: string): boolean {
  try {
    closeSync(openSync(path, 'r'));
    return true;
  } catch {
    return false;
  }
}

async function isDynamic(program: string): Promise<boolean> {
  return (await run('ldd', [program])).code === 0;
}
