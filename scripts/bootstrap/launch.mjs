// Becomes the command: the same terminal, environment, signals and exit code, run by the chosen Node.
import { spawn } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { constants } from 'node:os';
import { delimiter, dirname, join } from 'node:path';

const FORWARDED = ['SIGTERM', 'SIGHUP', 'SIGUSR2', 'SIGINT', 'SIGQUIT'];

/**
 * @param {string} node the Node to run
 * @param {readonly string[]} args its options, the script and the script's arguments
 */
export function launch(node, args) {
  const env = environmentFor(node);
  if (typeof process.execve === 'function' && process.platform !== 'win32') {
    // The very same process goes on, so there is nothing to pass through. Node calls this experimental, on stderr.
    process.emitWarning = () => {};
    process.execve(node, [node, ...args], env);
  }
  const child = spawn(node, args, { stdio: 'inherit', env });
  // A terminal sends its signals to the whole group: the child has them already, and must not get them twice.
  const byTerminal = process.stdin.isTTY ? ['SIGINT', 'SIGQUIT'] : [];
  for (const signal of FORWARDED) process.on(signal, () => byTerminal.includes(signal) || child.kill(signal));
  child.once('error', (error) => {
    process.stderr.write(`capward: cannot start ${node}: ${error.message}\n`);
    process.exitCode = 3;
  });
  child.once('exit', (code, signal) => {
    if (signal === null) process.exit(code);
    for (const name of FORWARDED) process.removeAllListeners(name);
    process.kill(process.pid, signal);
    // Where the signal does not end this process: the shell's way of saying it.
    setTimeout(() => process.exit(128 + constants.signals[signal]), 100);
  });
}

/** The same environment, in which `node` means the chosen one for whatever the command starts itself. */
function environmentFor(node) {
  const env = { ...process.env };
  if (env.npm_node_execpath !== undefined) env.npm_node_execpath = node;
  if (env.NODE !== undefined) env.NODE = node;
  if (nodeOnPath(env.PATH) !== realpathSync(node)) env.PATH = `${dirname(node)}${delimiter}${env.PATH ?? ''}`;
  return env;
}

function nodeOnPath(path = '') {
  const name = process.platform === 'win32' ? 'node.exe' : 'node';
  const first = path.split(delimiter).find((directory) => directory !== '' && existsSync(join(directory, name)));
  return first === undefined ? undefined : realpathSync(join(first, name));
}
