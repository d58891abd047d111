import { unsupportedByFormat, userOf } from './carriage.ts';
import type { Format } from './format.ts';
import { caption, type Grant, notApprovedNotice } from './grant.ts';
import { podmanWords } from './podman-run.ts';

/** Lines for a Quadlet `.container` file or a drop-in of one. */
export const quadlet: Format<'quadlet'> = {
  id: 'quadlet',
  title: 'Quadlet container',
  mediaType: 'text/plain; charset=utf-8',
  extension: 'container',
  render(grant) {
    const { drop, add } = podmanWords(quadlet.id, grant);
    const notice = notApprovedNotice(grant);
    const lines = [
      ...(notice === undefined ? [] : [`# ${notice}`]),
      `# ${caption(grant)}`,
      '[Container]',
      // An empty assignment takes back what the file said before this, so that the lines work as a drop-in too.
      'DropCapability=',
      'AddCapability=',
      `DropCapability=${drop.join(' ')}`,
      ...(add.length === 0 ? [] : [`AddCapability=${add.join(' ')}`]),
      ...userLines(grant),
      ...(grant.noNewPrivileges ? ['NoNewPrivileges=true'] : []),
    ];
    return `${lines.join('\n')}\n`;
  },
};

/** `User=` and `Group=`: no quoting exists there, and `%` starts a specifier. */
function userLines(grant: Grant): string[] {
  const user = userOf(quadlet.id, grant);
  if (user === undefined) return [];
  const [name = '', group = ''] = user.split(/:(.*)/s);
  if (name === '' || /[\s"'\\]/.test(user))
    throw unsupportedByFormat(quadlet.id, 'user', 'it takes a user without spaces, quotes and backslashes');
  const doubled = (text: string) => text.replaceAll('%', '%%');
  return [`User=${doubled(name)}`, ...(group === '' ? [] : [`Group=${doubled(group)}`])];
}
