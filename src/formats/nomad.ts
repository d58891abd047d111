import { fromNames, isSubset, minus } from '../engine/cap-set.ts';
import { resolve } from '../engine/resolve.ts';
import { carriedWords, unsupportedByFormat, userOf } from './carriage.ts';
import { dropAllAdd, shortNames } from './explicit-words.ts';
import type { Format } from './format.ts';
import { caption, type Grant, notApprovedNotice } from './grant.ts';
import { hclString } from './hcl-string.ts';

/** A Nomad task with nothing but its rights: driver `exec` for a profile resolved for it, else `docker`. */
export const nomad: Format<'nomad'> = {
  id: 'nomad',
  title: 'Nomad task',
  mediaType: 'text/plain; charset=utf-8',
  extension: 'hcl',
  render(grant) {
    const notice = notApprovedNotice(grant);
    const lines = [
      ...(notice === undefined ? [] : [`# ${notice}`]),
      `# ${caption(grant)}`,
      ...(grant.runtime === 'nomad-exec' ? execTask(grant) : dockerTask(grant)),
    ];
    return `${lines.join('\n')}\n`;
  },
};

function dockerTask(grant: Grant): string[] {
  // The driver hands the words to Docker once the client's own configuration allows them; it gives nothing itself.
  const { drop, add } = carriedWords(nomad.id, grant, ['docker'], [dropAllAdd(grant.sets.bounding)]);
  return [
    ...allowCapsNote(grant),
    `task ${hclString(grant.profile)} {`,
    '  driver = "docker"',
    ...userLine(grant),
    '',
    '  config {',
    '    privileged = false',
    `    cap_drop = ${hclList(drop)}`,
    `    cap_add = ${hclList(add)}`,
    ...(grant.noNewPrivileges ? ['    security_opt = ["no-new-privileges"]'] : []),
    '  }',
    '}',
  ];
}

function execTask(grant: Grant): string[] {
  if (grant.noNewPrivileges)
    throw unsupportedByFormat(nomad.id, 'noNewPrivileges', 'the driver exec has no setting for it');
  const { drop, add } = carriedWords(nomad.id, grant, ['nomad-exec'], [dropAllAdd(grant.sets.bounding)]);
  return [
    `task ${hclString(grant.profile)} {`,
    '  driver = "exec"',
    ...userLine(grant),
    '',
    '  config {',
    `    cap_drop = ${hclList(drop)}`,
    `    cap_add = ${hclList(add)}`,
    '  }',
    '}',
  ];
}

/** Clients refuse what their `allow_caps` does not list, and its default is less than what Docker knows. */
function allowCapsNote({ sets }: Grant): string[] {
  const outcome = resolve({ runtime: 'nomad', add: [], drop: [], privileged: false, noNewPrivileges: false });
  const allowed = outcome.ok ? outcome.resolution.sets.bounding : fromNames([]);
  if (isSubset(sets.bounding, allowed)) return [];
  const missing = shortNames(minus(sets.bounding, allowed)).map((name) => name.toLowerCase());
  return [`# The clients must allow this: plugin "docker" { config { allow_caps } } with ${missing.join(', ')} added.`];
}

function userLine(grant: Grant): string[] {
  const user = userOf(nomad.id, grant);
  if (user?.includes('${'))
    throw unsupportedByFormat(nomad.id, 'user', 'the client of Nomad would fill in what stands in ${…}');
  return user === undefined ? [] : [`  user = ${hclString(user)}`];
}

function hclList(names: readonly string[]): string {
  return `[${names.map((name) => `"${name.toLowerCase()}"`).join(', ')}]`;
}
