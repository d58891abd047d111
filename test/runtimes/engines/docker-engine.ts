import { spawn } from 'node:child_process';
import { mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { run, whereIs } from '../command.ts';
import { type Image, SHOW_SETS } from '../image/root-filesystem.ts';
import { lastLine } from '../packages.ts';
import type { Stage } from '../stage.ts';
import { DockerApi } from './docker-api.ts';
import { type Version, versionIn } from './version.ts';

/** A Docker Engine of our own. */
export interface DockerEngine {
  readonly api: DockerApi;
  readonly version: Version;
  /** Of the command line that is on the path, undefined where there is none. */
  readonly client: Version | undefined;
  /** Versions for a person to read. */
  readonly described: string;
  /** The address for DOCKER_HOST. */
  readonly host: string;
  /** The name of the image in it. */
  readonly image: string;
}

/** How long it may take to listen, and to stop (milliseconds). */
const START_LIMIT = 60_000;
const STOP_LIMIT = 20_000;

/** The runtime whose OCI specs are written down on their way to runc, see oci-recorder.ts. */
export const RECORDER = 'capward-recorder';

/**
 * Starts dockerd on data of its own, without touching the firewall or any bridge, and gives it the image. Says why that is
 * not possible here. `recorder` is a program to be known as RECORDER.
 */
export async function startDocker(stage: Stage, image: Image, recorder: string): Promise<DockerEngine | string> {
  if ((await whereIs('dockerd')) === undefined) return 'dockerd is not installed';
  const directory = join(stage.directory, 'docker');
  mkdirSync(directory);
  const socket = join(directory, 'docker.sock');
  const host = `unix://${socket}`;
  const log = join(directory, 'dockerd.log');
  const output = openSync(log, 'a');
  // Not the daemon.json of the machine.
  const settings = join(directory, 'daemon.json');
  writeFileSync(settings, '{}');
  const daemon = spawn(
    'dockerd',
    [
      '--iptables=false',
      '--ip6tables=false',
      '--bridge=none',
      '--storage-driver=vfs',
      `--data-root=${join(directory, 'data')}`,
      `--exec-root=${join(directory, 'exec')}`,
      `--pidfile=${join(directory, 'pid')}`,
      `--host=${host}`,
      `--config-file=${settings}`,
      `--add-runtime=${RECORDER}=${recorder}`,
    ],
    // A group of its own: Ctrl-C must reach us and not it, so that it is stopped in order.
    { stdio: ['ignore', output, output], detached: true },
  );
  let ended = false;
  const end = new Promise<void>((resolve) => {
    const note = () => {
      ended = true;
      resolve();
    };
    daemon.once('error', note).once('exit', note);
  });
  stage.onClose('stopping dockerd', async () => {
    if (ended) return;
    daemon.kill('SIGTERM');
    await Promise.race([end, sleep(STOP_LIMIT, undefined, { ref: false })]);
    if (!ended) daemon.kill('SIGKILL');
    await end;
  });

  const api = new DockerApi(socket);
  const deadline = Date.now() + START_LIMIT;
  while (!(await api.answers())) {
    if (ended || Date.now() > deadline) return `dockerd does not start here: ${lastLine(readFileSync(log, 'utf8'))}`;
    await sleep(200);
  }
  const name = 'capward-probe:1';
  const problem = await api.importImage(image.archive, name);
  if (problem !== undefined) return `dockerd does not take the image: ${problem}`;
  const first = await api.run({ Image: name, Cmd: SHOW_SETS, HostConfig: { NetworkMode: 'none', CapDrop: ['ALL'] } });
  if (!first.ok) return `dockerd starts no container here: ${first.message}`;
  const { Version: version, Components } = await api.version();
  const runc = Components.find((part) => part.Name === 'runc')?.Version ?? '?';
  const said = await run('docker', ['--version']);
  const client = said.code === 0 ? versionIn(said.stdout) : undefined;
  const described = `dockerd ${version} with runc ${runc}, docker ${client?.join('.') ?? '(not installed)'}`;
  return { api, version: versionIn(version), client, described, host, image: name };
}
