import { RUN } from './server-of-run.ts';

/** Called by Jest once after the last test file. */
// oxlint-disable-next-line import/no-default-export -- what Jest takes
export default async function stopServer(): Promise<void> {
  await RUN.server?.stop();
}
