import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { type MigrationList, withSchemaEngine } from './schema-engine.ts';

const MIGRATIONS = join(import.meta.dirname, '../../prisma/migrations');

async function readMigrations(): Promise<MigrationList> {
  const names = (await readdir(MIGRATIONS, { withFileTypes: true }))
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
  return {
    baseDir: MIGRATIONS,
    lockfile: {
      path: 'migration_lock.toml',
      content: await readFile(join(MIGRATIONS, 'migration_lock.toml'), 'utf8'),
    },
    shadowDbInitScript: '',
    migrationDirectories: await Promise.all(
      names.map(async (name) => ({
        path: name,
        migrationFile: {
          path: 'migration.sql',
          content: { tag: 'ok' as const, value: await readFile(join(MIGRATIONS, name, 'migration.sql'), 'utf8') },
        },
      })),
    ),
  };
}

const NOTHING_ELSE = { externalTables: [], externalEnums: [] };

/** Brings the database at `ownerUrl` up to date; returns the names of the migrations that were applied now. */
export async function migrate(ownerUrl: string): Promise<readonly string[]> {
  const migrationsList = await readMigrations();
  return withSchemaEngine(ownerUrl, async (engine) => {
    const history = await engine.diagnoseMigrationHistory({
      migrationsList,
      optInToShadowDatabase: false,
      filters: NOTHING_ELSE,
    });
    // A script is one transaction, so one that failed has left nothing behind and may simply be tried again.
    for (const migrationName of history.failedMigrationNames) await engine.markMigrationRolledBack({ migrationName });
    const { appliedMigrationNames } = await engine.applyMigrations({ migrationsList, filters: NOTHING_ELSE });
    return appliedMigrationNames;
  });
}

/**
 * Lets the user of `appUrl` log in with its password and do what the application may, and no more. Repeating it is
 * harmless; a changed password takes effect.
 */
export async function allowAppLogin(ownerUrl: string, appUrl: string): Promise<void> {
  const { username, password } = new URL(appUrl);
  const owner = new pg.Client({ connectionString: ownerUrl });
  await owner.connect();
  try {
    const role = owner.escapeIdentifier(decodeURIComponent(username));
    const attributes = `LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS PASSWORD ${owner.escapeLiteral(decodeURIComponent(password))}`;
    const known = await owner.query('SELECT FROM pg_roles WHERE rolname = $1', [decodeURIComponent(username)]);
    await owner.query(`${known.rowCount === 0 ? 'CREATE' : 'ALTER'} ROLE ${role} ${attributes}`);
    await owner.query(`GRANT capward_app TO ${role}`);
  } finally {
    await owner.end();
  }
}

/** What the role of a connection could do that the application's role must not be able to. */
export interface RolePowers {
  readonly bypassesTenancy: boolean;
  readonly ownsTables: boolean;
  readonly mayCreate: boolean;
}

export async function rolePowers(url: string): Promise<RolePowers> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<RolePowers>(
      `SELECT (SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user) AS "bypassesTenancy",
              EXISTS (SELECT FROM pg_class JOIN pg_namespace n ON n.oid = relnamespace
                      WHERE n.nspname = 'public' AND relkind = 'r' AND pg_get_userbyid(relowner) = current_user) AS "ownsTables",
              has_schema_privilege('public', 'CREATE') AS "mayCreate"`,
    );
    return rows[0] ?? { bypassesTenancy: true, ownsTables: true, mayCreate: true };
  } finally {
    await client.end();
  }
}
