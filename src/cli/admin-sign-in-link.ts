import { readConfig } from '../config.ts';
import { signInLinkFor } from '../identity/sign-in-link-for.ts';
import { withStorage } from './with-storage.ts';

/** Makes a link that signs a member in, once; prints it. */
export async function signInLinkCommand(asked: { readonly org: string; readonly member: string }): Promise<void> {
  const { publicUrl } = readConfig(process.env);
  const { url, expiresAt } = await withStorage((ports) => signInLinkFor({ ...ports, publicUrl }, asked));
  process.stdout.write(`${url}\n`);
  process.stderr.write(`capward: it signs ${asked.member} in once, until ${expiresAt.toISOString()}\n`);
}
