import { podSecurityLevelOf } from '../engine/pod-security.ts';
import { unsupportedByFormat } from './carriage.ts';
import { dropAllAdd } from './explicit-words.ts';
import type { Format } from './format.ts';
import { caption, type Grant, notApprovedNotice } from './grant.ts';
import { securityContextLines } from './security-context.ts';

/**
 * The strictest Pod Security level of a namespace that admits the profile as the `kubernetes` format writes it. A profile
 * that only the level `privileged` admits is refused, since that level admits everything.
 */
export const podSecurity: Format<'pod-security'> = {
  id: 'pod-security',
  title: 'Pod Security level',
  mediaType: 'application/yaml; charset=utf-8',
  extension: 'yaml',
  render(grant) {
    securityContextLines(podSecurity.id, grant);
    const notice = notApprovedNotice(grant);
    const lines = [
      ...(notice === undefined ? [] : [`# ${notice}`]),
      `# ${caption(grant)}`,
      '# Labels of the namespace. The level is a limit for every pod there, not a grant.',
      'metadata:',
      '  labels:',
      `    pod-security.kubernetes.io/enforce: ${levelOf(grant)}`,
    ];
    return `${lines.join('\n')}\n`;
  },
};

/** The engine knows what the levels ask of capabilities; restricted also asks that a user is named. */
function levelOf({ sets, user, noNewPrivileges }: Grant): 'restricted' | 'baseline' {
  const words = dropAllAdd(sets.bounding);
  const { level, missing } = podSecurityLevelOf({
    runtime: 'containerd',
    ...words,
    privileged: false,
    user,
    noNewPrivileges,
  });
  if (level === 'privileged') {
    const message = `only the level privileged admits it: ${missing.join('; ')}`;
    throw unsupportedByFormat(podSecurity.id, 'sets.bounding', message);
  }
  return user === undefined ? 'baseline' : level;
}
