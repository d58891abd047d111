import type { Command } from 'commander';

/** `capward admin`: for whoever runs the service. Needs the database, not the API. */
export function registerAdmin(program: Command): void {
  const admin = program
    .command('admin')
    .summary('set up and maintain the database')
    .description(
      'For whoever runs the service: works on the database itself, the one of DATABASE_URL (and CAPWARD_MIGRATE_URL), or else the embedded one under CAPWARD_DATA, whether it is running or not.',
    );
  // What talks to a database takes a while to load; other commands do not wait for it.
  admin
    .command('create-org')
    .summary('make an organization and its first owner; prints a token, and a link to sign in with')
    .requiredOption('--slug <slug>', 'short name of the organization')
    .requiredOption('--owner <email>', 'email of its first owner')
    .action(async (options: { readonly slug: string; readonly owner: string }) => {
      const { createOrgCommand } = await import('./admin-create-org.ts');
      await createOrgCommand(options);
    });
  admin
    .command('sign-in-link')
    .summary('print a link that signs a member in with a browser, once')
    .requiredOption('--org <slug>', 'short name of the organization')
    .requiredOption('--member <email>', 'whom it signs in')
    .action(async (options: { readonly org: string; readonly member: string }) => {
      const { signInLinkCommand } = await import('./admin-sign-in-link.ts');
      await signInLinkCommand(options);
    });
  admin
    .command('migrate')
    .summary('bring the database up to date')
    .action(async () => {
      const { migrateCommand } = await import('./admin-migrate.ts');
      await migrateCommand();
    });
}
