// Sees to it that the Prisma client in src/storage/generated is the one of the current schema.
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { BootstrapError, digest, inProject, ROOT, readIfThere, say } from './project.mjs';

const GENERATED = inProject('src', 'storage', 'generated');
const STAMP = inProject('src', 'storage', 'generated', '.stamp');

/** @param {string} node the Node that runs Prisma */
export async function ensurePrismaClient(node) {
  const schemas = schemaFiles();
  if (schemas.length === 0) return;
  const wanted = stampOf(schemas);
  if (readIfThere(STAMP) === wanted) return;
  const [{ exclusively }, { run }] = await Promise.all([import('./exclusively.mjs'), import('./npm.mjs')]);
  await exclusively(async () => {
    if (readIfThere(STAMP) === wanted) return;
    say('generating the Prisma client…');
    await run('prisma generate', node, [inProject('node_modules', 'prisma', 'build', 'index.js'), 'generate'], {
      cwd: ROOT,
      // Generating needs no schema engine, but Prisma downloads one unless it is told of a file that exists.
      env: {
        ...process.env,
        PRISMA_SCHEMA_ENGINE_BINARY: node,
        CHECKPOINT_DISABLE: '1',
        PRISMA_HIDE_UPDATE_MESSAGE: '1',
      },
    });
    if (!existsSync(GENERATED)) throw new BootstrapError(`prisma generate did not write ${GENERATED}`);
    writeFileSync(STAMP, wanted);
  });
}

function schemaFiles() {
  const directory = inProject('prisma');
  if (!existsSync(directory)) return [];
  return readdirSync(directory)
    .filter((name) => name.endsWith('.prisma'))
    .sort();
}

function stampOf(schemas) {
  const files = [
    ...schemas.map((name) => ['prisma', name]),
    ['prisma.config.ts'],
    ['node_modules', 'prisma', 'package.json'],
  ];
  return digest(...files.map((parts) => readIfThere(inProject(...parts)) ?? ''));
}
