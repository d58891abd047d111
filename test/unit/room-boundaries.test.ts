import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

const PROJECT = join(import.meta.dirname, '../..');
const CONFIG = join(PROJECT, '.dependency-cruiser.cjs');

/** A house in which these files import these others. */
type House = Readonly<Record<string, readonly string[]>>;

/** For every rule, the imports that it is there to refuse. */
const VIOLATIONS: Readonly<Record<string, House>> = {
  'kernel-imports-no-room': { 'src/kernel/a.ts': ['../engine/x.ts'] },
  'engine-is-pure': {
    'src/engine/a.ts': ['../formats/x.ts'],
    'src/engine/b.ts': ['node:fs'],
    'src/engine/c.ts': ['pg'],
    'src/engine/d.ts': ['../kernel/with-node.ts'],
  },
  'formats-are-pure': {
    'src/formats/a.ts': ['../policy/x.ts'],
    'src/formats/b.ts': ['node:path'],
    'src/formats/c.ts': ['pg'],
  },
  'policy-is-pure': { 'src/policy/a.ts': ['../access/x.ts'], 'src/policy/b.ts': ['node:crypto'] },
  'storage-knows-no-feature': { 'src/storage/a.ts': ['../teams/x.ts'], 'src/storage/b.ts': ['../access/x.ts'] },
  'access-knows-no-feature': { 'src/access/a.ts': ['../profiles/x.ts'], 'src/access/b.ts': ['../http/x.ts'] },
  'features-know-no-transport': {
    'src/teams/a.ts': ['../graphql/x.ts'],
    'src/profiles/a.ts': ['../http/x.ts'],
    'src/change-requests/a.ts': ['./x.graphql.ts'],
    'src/exports/a.ts': ['./x.rest.ts'],
    'src/audit/a.ts': ['../cli/x.ts'],
  },
  'graphql-is-no-rest': { 'src/teams/a.graphql.ts': ['../http/x.ts'], 'src/graphql/a.ts': ['../exports/x.rest.ts'] },
  'transports-call-no-store': {
    'src/teams/b.graphql.ts': ['./x-store.ts'],
    'src/exports/a.rest.ts': ['./x-store.ts'],
    'src/exports/b.rest.ts': ['../storage/x.ts'],
  },
  'http-knows-no-feature': { 'src/http/a.ts': ['../profiles/x.ts'] },
  'database-behind-storage': {
    'src/teams/c.ts': ['pg'],
    'src/audit/c.ts': ['@prisma/client'],
    'src/profiles/c.ts': ['../storage/generated/client.ts'],
  },
  'web-needs-no-service': { 'src/web/a.tsx': ['../access/x.ts'], 'src/web/b.ts': ['../graphql/x.ts'] },
  'nobody-needs-the-web': { 'src/http/w.ts': ['../web/x.ts'] },
  'one-composition-root': { 'src/teams/d.ts': ['../app.ts'], 'src/http/d.ts': ['../config.ts'] },
  'product-needs-no-tests': { 'src/teams/e.ts': ['../../test/support/x.ts'], 'src/cli/e.ts': ['../../scripts/x.ts'] },
  'product-needs-no-development-package': { 'src/cli/f.ts': ['jest'] },
  'no-circles': { 'src/teams/g.ts': ['./h.ts'] },
  'no-loose-ends': { 'src/teams/i.ts': ['./nowhere.ts'] },
};

/** What must stay allowed. */
const ALLOWED: House = {
  'src/engine/x.ts': ['../kernel/x.ts'],
  'src/formats/x.ts': ['../engine/x.ts', 'yaml'],
  'src/policy/x.ts': ['../engine/x.ts'],
  'src/storage/x.ts': ['../kernel/x.ts', './generated/client.ts', 'pg', 'node:fs'],
  'src/access/x.ts': ['../storage/x.ts'],
  'src/teams/x.ts': ['../access/x.ts', './x-store.ts', '../policy/x.ts'],
  'src/teams/x.graphql.ts': ['../graphql/x.ts', './x.ts'],
  'src/teams/typed.graphql.ts': ['type ./x-store.ts'],
  'src/exports/x.rest.ts': ['../http/x.ts', './x.ts'],
  'src/http/x.ts': ['../access/x.ts', 'fastify'],
  'src/web/x.ts': ['../engine/x.ts', '../formats/x.ts', '../policy/x.ts', '../kernel/x.ts', 'jest'],
  'src/cli/x.ts': ['../app.ts', '../config.ts'],
  'src/app.ts': ['./teams/x.graphql.ts', './exports/x.rest.ts', './http/x.ts', './storage/x.ts', './config.ts'],
};

/** What some of the violations need to become one. */
const ACCOMPLICES: House = { 'src/kernel/with-node.ts': ['node:os'], 'src/teams/h.ts': ['./g.ts'] };

/** Files that only are imported. */
const BARE = [
  'src/config.ts',
  'src/kernel/x.ts',
  'src/graphql/x.ts',
  'src/profiles/x.ts',
  'src/change-requests/x.graphql.ts',
  'src/exports/x.ts',
  'src/exports/x-store.ts',
  'src/teams/x-store.ts',
  'src/storage/generated/client.ts',
  'test/support/x.ts',
  'scripts/x.ts',
];

const MANIFEST = {
  type: 'module',
  dependencies: { pg: '1', '@prisma/client': '1', yaml: '1', fastify: '1' },
  devDependencies: { jest: '1' },
};

/** Rule and file of every violation that was found. */
let found: readonly string[];
let house: string;

function build(files: House): void {
  for (const [path, imports] of Object.entries(files)) {
    const lines = imports.map((target, index) => {
      const [kind = '', specifier = target] = target.startsWith('type ') ? ['type ', target.slice(5)] : ['', target];
      return `import ${kind}{ x as x${index} } from '${specifier}';\nexport type Y${index} = typeof x${index};`;
    });
    const file = join(house, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, `${lines.join('\n')}\nexport const x = 1;\n`);
  }
}

beforeAll(() => {
  house = mkdtempSync(join(tmpdir(), 'capward-house-'));
  writeFileSync(join(house, 'package.json'), JSON.stringify(MANIFEST));
  for (const name of [...Object.keys(MANIFEST.dependencies), ...Object.keys(MANIFEST.devDependencies)]) {
    mkdirSync(join(house, 'node_modules', name), { recursive: true });
    writeFileSync(join(house, 'node_modules', name, 'package.json'), `{"name":"${name}","main":"index.js"}`);
    writeFileSync(join(house, 'node_modules', name, 'index.js'), 'exports.x = 1;');
  }
  build(Object.fromEntries(BARE.map((path) => [path, []])));
  build(ALLOWED);
  build(ACCOMPLICES);
  for (const files of Object.values(VIOLATIONS)) build(files);

  const depcruise = join(PROJECT, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs');
  const args = [depcruise, '--config', CONFIG, '--output-type', 'json', 'src'];
  const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: house, encoding: 'utf8', maxBuffer: 2 ** 26 });
  if (stdout === '') throw new Error(stderr);
  const { summary } = JSON.parse(stdout) as {
    summary: { violations: readonly { readonly from: string; readonly rule: { readonly name: string } }[] };
  };
  found = summary.violations.map(({ from, rule }) => `${rule.name}: ${from}`);
});

afterAll(() => rmSync(house, { recursive: true, force: true }));

describe('the rooms', () => {
  test('have no rule without a violation that proves it', () => {
    const { forbidden } = createRequire(import.meta.url)(CONFIG) as { forbidden: readonly { readonly name: string }[] };
    expect(Object.keys(VIOLATIONS).sort()).toEqual(forbidden.map(({ name }) => name).sort());
  });

  test.each(Object.entries(VIOLATIONS).flatMap(([rule, files]) => Object.keys(files).map((file) => [rule, file])))(
    '%s catches %s',
    (rule, file) => expect(found).toContain(`${rule}: ${file}`),
  );

  test.each(Object.keys(ALLOWED))('leave %s alone', (file) => {
    expect(found.filter((violation) => violation.endsWith(`: ${file}`))).toEqual([]);
  });

  test('are what the check looks at', () => {
    expect(readFileSync(join(PROJECT, 'scripts/check.ts'), 'utf8')).toContain('.dependency-cruiser.cjs');
  });
});
