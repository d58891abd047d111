import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { DomainError } from '../kernel/errors.ts';
import { type MigrationList, withSchemaEngine } from './schema-engine.ts';

const MIGRATIONS = join(import.meta.dirname, '../../prisma/migrations');

async function readMigrations(last?: string): Promise<MigrationList> {
  const names = (await readdir(MIGRATIONS, { withFileTypes: true }))
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .filter((name) => last === undefined || name <= last)
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

/**
 * Brings the database at `ownerUrl` up to date; returns the names of the migrations that were applied now.
 * @param last the name of the migration to stop after; left out, all of them
 */
export async function migrate(ownerUrl: string, last?: string): Promise<readonly string[]> {
  const migrationsList = await readMigrations(last);
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
    const name = decodeURIComponent(username);
    const role = owner.escapeIdentifier(name);
    const login = `LOGIN PASSWORD ${owner.escapeLiteral(decodeURIComponent(password))}`;
    const { rows } = await owner.query<{ member: boolean }>(
      "SELECT pg_has_role(rolname, 'capward_app', 'member') AS member FROM pg_roles WHERE rolname = $1",
      [name],
    );
    const [known] = rows;
    if (known === undefined) {
      await owner.query(`CREATE ROLE ${role} ${login} NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS`);
    } else if (!(await canLogIn(appUrl))) {
      // Only what has to change is named: an owner who is no superuser may name nothing else of a role that is there.
      await owner.query(`ALTER ROLE ${role} ${login}`);
    }
    if (known?.member !== true) await grantAppRole(owner, role);
  } finally {
    await owner.end();
  }
}

async function canLogIn(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url });
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function grantAppRole(owner: pg.Client, to: string): Promise<void> {
  try {
    await owner.query(`GRANT capward_app TO ${to}`);
  } catch (error) {
    if ((error as { code?: unknown }).code !== '42501') throw error;
    throw new DomainError(
      'FORBIDDEN',
      `the role capward_app of this cluster was made by somebody else: a superuser has to run \`GRANT capward_app TO ${owner.escapeIdentifier(owner.user ?? '')} WITH ADMIN OPTION\` once`,
    );
  }
}

/** Lets the owner itself step down to the application's role, for those who have one URL for everything. */
export async function allowSteppingDown(ownerUrl: string): Promise<void> {
  const owner = new pg.Client({ connectionString: ownerUrl });
  await owner.connect();
  try {
    const { rows } = await owner.query<{ may: boolean }>("SELECT pg_has_role('capward_app', 'set') AS may").catch(() =>
      // Before PostgreSQL 16, every member of a role may step down to it.
      owner.query<{ may: boolean }>("SELECT pg_has_role('capward_app', 'member') AS may"),
    );
    if (rows[0]?.may !== true) await grantAppRole(owner, 'CURRENT_USER');
  } finally {
    await owner.end();
  }
}

/** The migrations that the database at this URL lacks, as the application's own role sees it. */
export async function missingMigrations(appUrl: string): Promise<readonly string[]> {
  const { migrationDirectories } = await readMigrations();
  const client = new pg.Client({ connectionString: appUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ name: string }>(
      'SELECT migration_name AS name FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL',
    );
    const applied = new Set(rows.map(({ name }) => name));
    return migrationDirectories.map(({ path }) => path).filter((name) => !applied.has(name));
  } catch (error) {
    // No such table, or none of ours: nothing has been applied that we could use.
    if (/^(42P01|42501)$/.test(String((error as { code?: unknown }).code)))
      return migrationDirectories.map(({ path }) => path);
    throw error;
  } finally {
    await client.end();
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
