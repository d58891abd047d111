import { refuseAmbient, refusePrivileged, shortBoundingNames, userOf } from './carriage.ts';
import type { Format } from './format.ts';
import { type Grant, notApprovedNotice } from './grant.ts';
import { shellWord } from './shell-word.ts';

/** Arguments of `docker run` on one line that every POSIX shell splits into exactly these arguments. */
export const dockerRun: Format<'docker-run'> = {
  id: 'docker-run',
  title: 'docker run arguments',
  mediaType: 'text/plain; charset=utf-8',
  extension: 'txt',
  render(grant) {
    const notice = notApprovedNotice(grant);
    const line = dockerRunArguments(grant).map(shellWord).join(' ');
    return notice === undefined ? line : `# ${notice}\n${line}`;
  },
};

/** One flag per capability: Docker does not split comma lists. */
function dockerRunArguments(grant: Grant): string[] {
  refusePrivileged(dockerRun.id, grant);
  refuseAmbient(dockerRun.id, grant);
  const user = userOf(dockerRun.id, grant);
  return [
    '--cap-drop=ALL',
    ...shortBoundingNames(grant).map((name) => `--cap-add=${name}`),
    ...(user === undefined ? [] : [`--user=${user}`]),
    ...(grant.noNewPrivileges ? ['--security-opt=no-new-privileges'] : []),
  ];
}
