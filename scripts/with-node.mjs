#!/usr/bin/env node
// Runs a command of this project on any machine with Node 18 or newer and npm: brings in first whatever is missing
// (Node 24, the dependencies, the Prisma client, the web page), says so on standard error, and then becomes the command.
//
//   node scripts/with-node.mjs src/main.ts [args…]   a script of the project (.ts or .mjs)
//   node scripts/with-node.mjs --cli [args…]         the command line, src/cli/main.ts
//   node scripts/with-node.mjs --jest [args…]        the tests
//   node scripts/with-node.mjs --vite [args…]        the web page, served from its sources as they change
//   node scripts/with-node.mjs --build [args…]       compiles src into dist, the web page included
import { rmSync } from 'node:fs';
import { ensureDependencies } from './bootstrap/dependencies.mjs';
import { enter, launch } from './bootstrap/launch.mjs';
import { chooseNode } from './bootstrap/node-runtime.mjs';
import { ensurePrismaClient } from './bootstrap/prisma-client.mjs';
import { BootstrapError, inProject, ROOT, say } from './bootstrap/project.mjs';
import { buildWebPage, ensureWebPage } from './bootstrap/web-page.mjs';

/** What serves the page, or looks at it. */
const WITH_PAGE = ['src/main.ts', 'src/cli/demo.ts', '--jest'];

const [target = '', ...args] = process.argv.slice(2);

try {
  const command = commandFor(target);
  const node = await chooseNode();
  await ensureDependencies(node);
  await ensurePrismaClient(node);
  if (target === '--build') await buildWebPage(node);
  else if (WITH_PAGE.includes(target)) await ensureWebPage(node);
  if (target === '--cli' && node === process.execPath) await enter(command[0], args);
  else launch(node, [...command, ...args]);
} catch (error) {
  if (!(error instanceof BootstrapError)) throw error;
  say(error.message);
  process.exitCode = 3;
}

/** What Node is told for a target, before the person's own arguments. */
function commandFor(name) {
  if (name === '--cli') return [inProject('src', 'cli', 'main.ts')];
  if (name === '--jest') {
    process.chdir(ROOT);
    const jest = inProject('node_modules', 'jest', 'bin', 'jest.js');
    return ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', jest];
  }
  if (name === '--vite')
    return [inProject('node_modules', 'vite', 'bin', 'vite.js'), '--config', inProject('vite.config.ts')];
  if (name === '--build') {
    rmSync(inProject('dist'), { recursive: true, force: true });
    return [inProject('node_modules', 'typescript', 'bin', 'tsc'), '-p', inProject('tsconfig.build.json')];
  }
  if (/\.(ts|mjs)$/.test(name)) return [inProject(name)];
  throw new BootstrapError(
    'usage: node scripts/with-node.mjs SCRIPT.ts|SCRIPT.mjs|--cli|--jest|--vite|--build [args…]',
  );
}
