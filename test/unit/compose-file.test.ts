import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';

const PROJECT = join(import.meta.dirname, '../..');
const SECRETS = { POSTGRES_PASSWORD: 'ofTheOwner', CAPWARD_DATABASE_PASSWORD: 'ofTheService' };

/** The file as Docker Compose reads it: with the environment filled in and anchors resolved. */
function config(env: NodeJS.ProcessEnv) {
  const { PATH, HOME } = process.env;
  return spawnSync('docker-compose', ['config'], { cwd: PROJECT, env: { PATH, HOME, ...env }, encoding: 'utf8' });
}

interface Service {
  readonly cap_drop: readonly string[];
  readonly cap_add?: readonly string[];
  readonly privileged?: boolean;
  readonly security_opt: readonly string[];
  readonly read_only: boolean;
  readonly environment: Readonly<Record<string, string>>;
  readonly networks: Readonly<Record<string, unknown>>;
  readonly ports?: readonly string[];
  readonly user?: string;
}

const complete = config(SECRETS);

(complete.error === undefined ? describe : describe.skip)('docker-compose.yml, as docker-compose reads it', () => {
  const services = (): Record<'capward' | 'database' | 'migrate', Service> => parse(complete.stdout).services;

  test('gives no service a capability, a way to gain one, or a file system to write to', () => {
    for (const service of Object.values(services())) {
      expect(service).toMatchObject({ cap_drop: ['ALL'], security_opt: ['no-new-privileges:true'], read_only: true });
      expect(service.cap_add).toBeUndefined();
      expect(service.privileged).toBeUndefined();
    }
  });

  test('tells the service its own password only, and publishes nothing but its port, on the loopback', () => {
    const { capward, database, migrate } = services();
    expect(JSON.stringify(capward)).toContain('capward_service:ofTheService@');
    expect(JSON.stringify(capward)).not.toContain('ofTheOwner');
    expect(migrate.environment['CAPWARD_MIGRATE_URL']).toContain('capward_owner:ofTheOwner@');
    expect(capward.ports).toEqual(['127.0.0.1:4000:4000/tcp']);
    expect(database.ports).toBeUndefined();
    expect(Object.keys(database.networks)).toEqual(['data']);
    expect(database.user).toBe('999:999');
  });

  test('tells the service at which address people use it, and what it seals secrets with', () => {
    expect(services().capward.environment).toMatchObject({ PUBLIC_URL: 'http://127.0.0.1:4000', CAPWARD_SECRET: '' });
    const more = { PUBLIC_URL: 'https://capward.example', CAPWARD_SECRET: 'of thirty-two characters, or more' };
    const told = parse(config({ ...SECRETS, ...more }).stdout).services;
    expect(told.capward.environment).toMatchObject(more);
    expect(told.migrate.environment).toMatchObject(more);
  });

  test.each(Object.keys(SECRETS))('does not start without %s', (name) => {
    const outcome = config({ ...SECRETS, [name]: '' });
    expect(outcome.status).not.toBe(0);
    expect(outcome.stderr).toContain('set it in the environment or in .env');
  });
});

test('docker-compose.yml and the Dockerfile hold no secret', () => {
  for (const name of ['docker-compose.yml', 'Dockerfile']) {
    const text = readFileSync(join(PROJECT, name), 'utf8');
    expect(text).not.toMatch(/PASSWORD\s*[:=]\s*(?!\$)["']?\w/i);
  }
});

test('the image is built from the Node that the project pins', () => {
  const { optionalDependencies } = JSON.parse(readFileSync(join(PROJECT, 'tools/node/package.json'), 'utf8'));
  const pinned = new Set(Object.values(optionalDependencies));
  const dockerfile = readFileSync(join(PROJECT, 'Dockerfile'), 'utf8');
  expect([...pinned]).toEqual([/^ARG NODE=node:([\d.]+)-bookworm-slim$/m.exec(dockerfile)?.[1]]);
});
