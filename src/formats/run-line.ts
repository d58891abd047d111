import type { ExplicitWords } from './explicit-words.ts';
import { type Grant, notApprovedNotice } from './grant.ts';
import { shellWord } from './shell-word.ts';

/**
 * The arguments of `docker run`, `podman run` or `nerdctl run` on one line that every POSIX shell splits into exactly
 * these arguments, one flag per capability. A revision that is not approved has a comment as a line before it.
 */
export function runLine(grant: Grant, { drop, add }: ExplicitWords, user: string | undefined): string {
  const flags = [
    ...drop.map((name) => `--cap-drop=${name}`),
    ...add.map((name) => `--cap-add=${name}`),
    ...(user === undefined ? [] : [`--user=${user}`]),
    ...(grant.noNewPrivileges ? ['--security-opt=no-new-privileges'] : []),
  ];
  const line = flags.map(shellWord).join(' ');
  const notice = notApprovedNotice(grant);
  return notice === undefined ? line : `# ${notice}\n${line}`;
}
