// Becomes the command: the same terminal, environment, signals and exit code, run by the chosen Node.
import { spawn } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import module from 'node:module';
import { constants } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { inProject } from './project.mjs';

/** Node keeps what it has made of the sources here; a second start of the same sources takes half the time. */
const COMPILE_CACHE = inProject('node_modules', '.cache', 'compiled');

const FORWARDED = ['SIGTERM', 'SIGHUP', 'SIGUSR2', 'SIGINT', 'SIGQUIT'];

/**
 * Runs Node in place of this process.
 * @param {string} node the Node to run
 * @param {readonly string[]} args its options, the script and the script's arguments
 */
export function launch(node, args) {
  const env = { NODE_COMPILE_CACHE: COMPILE_CACHE, ...process.env, ...pointersTo(node) };
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

/**
 * Runs a script in this very process, which saves the start of a second Node.
 * @param {string} script the script's path
 * @param {readonly string[]} args the script's arguments
 */
export async function enter(script, args) {
  process.argv = [process.execPath, script, ...args];
  Object.assign(process.env, pointersTo(process.execPath));
  module.enableCompileCache(process.env.NODE_COMPILE_CACHE ?? COMPILE_CACHE);
  await import(pathToFileURL(script).href);
}

/** The variables that make `node` mean the chosen one for whatever the command starts itself. */
function pointersTo(node) {
  const { PATH = '', NODE, npm_node_execpath } = process.env;
  return {
    ...(nodeOnPath(PATH) !== realpathSync(node) && { PATH: `${dirname(node)}${delimiter}${PATH}` }),
    ...(NODE !== undefined && { NODE: node }),
    ...(npm_node_execpath !== undefined && { npm_node_execpath: node }),
  };
}

function nodeOnPath(path) {
  const name = process.platform === 'win32' ? 'node.exe' : 'node';
  const first = path.split(delimiter).find((directory) => directory !== '' && existsSync(join(directory, name)));
  return first === undefined ? undefined : realpathSync(join(first, name));
}
