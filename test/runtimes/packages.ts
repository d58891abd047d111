import { run, whereIs } from './command.ts';

/** A command that the tests need, and the Debian package that brings it. */
interface Tool {
  readonly command: string;
  readonly packages: readonly string[];
}

const TOOLS: readonly Tool[] = [
  { command: 'dockerd', packages: ['docker.io'] },
  { command: 'docker', packages: ['docker.io'] },
  { command: 'docker-compose', packages: ['docker-compose'] },
  { command: 'runc', packages: ['runc'] },
  { command: 'podman', packages: ['podman'] },
  // The first process of a pod, without which `podman kube play` has nothing to start.
  { command: 'catatonit', packages: ['catatonit'] },
  { command: 'busybox', packages: ['busybox-static'] },
  { command: 'cc', packages: ['gcc', 'libc6-dev'] },
];

/** Never to be killed half-way. */
const APT = {
  env: { DEBIAN_FRONTEND: 'noninteractive', NEEDRESTART_SUSPEND: '1' },
  limit: 5 * 60_000,
  evenWhileEnding: true,
};
/** A machine without a way out must not keep us waiting. */
const IMPATIENT = ['-o', 'Acquire::http::Timeout=15', '-o', 'Acquire::https::Timeout=15', '-o', 'Acquire::Retries=0'];

/** Installs what is missing, as far as this machine lets us, and says so. What is still missing afterwards shows later. */
export async function installTools(isRoot: boolean, say: (line: string) => void): Promise<void> {
  const missing: Tool[] = [];
  for (const tool of TOOLS) if ((await whereIs(tool.command)) === undefined) missing.push(tool);
  if (missing.length === 0) return;
  const packages = [...new Set(missing.flatMap((tool) => tool.packages))];
  if (!isRoot || (await whereIs('apt-get')) === undefined) {
    say(`not installed, since that takes root and apt-get: ${packages.join(', ')}`);
    return;
  }
  say(`installing with apt-get: ${packages.join(', ')} …`);
  await run('apt-get', [...IMPATIENT, '-qq', 'update'], APT);
  if ((await install(packages)) === undefined) return;
  // One at a time then, so that a package that this release does not have keeps none of the others away.
  for (const name of packages) {
    const problem = await install([name]);
    if (problem !== undefined) say(`could not install ${name}: ${problem}`);
  }
}

/** What went wrong; undefined when nothing did. */
async function install(packages: readonly string[]): Promise<string | undefined> {
  const options = [...IMPATIENT, '-qq', 'install', '--yes', '--no-install-recommends'];
  const { code, stderr } = await run('apt-get', [...options, ...packages], APT);
  return code === 0 ? undefined : lastLine(stderr);
}

/** The last line of what a command said that is not empty. */
export function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? '';
}
