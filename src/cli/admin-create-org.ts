import { readConfig } from '../config.ts';
import { signInLinkFor } from '../identity/sign-in-link-for.ts';
import { createOrg } from '../teams/create-org.ts';
import { withStorage } from './with-storage.ts';

/** Makes a tenant; prints `{"organization":…,"owner":…,"token":…,"signIn":…}`. */
export async function createOrgCommand(asked: { readonly slug: string; readonly owner: string }): Promise<void> {
  const { publicUrl } = readConfig(process.env);
  const made = await withStorage(async (ports) => {
    const org = await createOrg(ports, asked);
    const link = await signInLinkFor({ ...ports, publicUrl }, { org: asked.slug, member: org.owner });
    return { ...org, signIn: link.url };
  });
  process.stdout.write(`${JSON.stringify(made)}\n`);
  process.stderr.write('capward: the address signs the owner in with a browser, once, within 15 minutes\n');
}
