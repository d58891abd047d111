import { defineConfig } from 'prisma/config';

// The owner's URL: migrations create tables, roles and policies, which the application's own role may not.
const url = process.env['CAPWARD_MIGRATE_URL'] ?? process.env['DATABASE_URL'];

export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
  ...(url === undefined ? {} : { datasource: { url } }),
});
