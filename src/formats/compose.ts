import { carriedWords, unsupportedByFormat, userOf } from './carriage.ts';
import { dockerOf } from './docker-family.ts';
import { dropAllAdd } from './explicit-words.ts';
import type { Format } from './format.ts';
import { caption, type Grant, notApprovedNotice } from './grant.ts';
import { yamlQuoted, yamlString } from './yaml-scalar.ts';

/** A service named after the profile with nothing but its rights, to put into a compose file or to extend from. */
export const compose: Format<'compose'> = {
  id: 'compose',
  title: 'Compose service',
  mediaType: 'application/yaml; charset=utf-8',
  extension: 'yaml',
  render(grant) {
    const words = dropAllAdd(grant.sets.bounding);
    const { drop, add } = carriedWords(compose.id, grant, [dockerOf(grant)], [words]);
    const user = userOf(compose.id, grant);
    const notice = notApprovedNotice(grant);
    const lines = [
      ...(notice === undefined ? [] : [`# ${notice}`]),
      `# ${caption(grant)}`,
      '# Files are merged by appending lists: another file can add to cap_add, this one cannot take it back.',
      'services:',
      `  ${yamlString(serviceName(grant))}:`,
      // Said although it is the default: put over a file that has `privileged: true`, the lists alone would mean nothing.
      '    privileged: false',
      '    cap_drop:',
      ...drop.map((name) => `      - ${name}`),
      ...(add.length === 0 ? ['    cap_add: []'] : ['    cap_add:', ...add.map((name) => `      - ${name}`)]),
      // A number must be a string here, and `$` would start a variable.
      ...(user === undefined ? [] : [`    user: ${yamlQuoted(user.replaceAll('$', '$$$$'))}`]),
      ...(grant.noNewPrivileges ? ['    security_opt:', '      - no-new-privileges:true'] : []),
    ];
    return `${lines.join('\n')}\n`;
  },
};

/** Compose takes letters, digits, dots, hyphens and underscores in the name of a service. */
function serviceName({ profile }: Grant): string {
  if (/^[A-Za-z0-9._-]+$/.test(profile)) return profile;
  throw unsupportedByFormat(compose.id, 'profile', 'the name of the profile cannot be the name of a service');
}
