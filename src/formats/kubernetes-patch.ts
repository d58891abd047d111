import { unsupportedByFormat } from './carriage.ts';
import type { Format } from './format.ts';
import { caption, type Grant, notApprovedNotice } from './grant.ts';
import { securityContextLines } from './security-context.ts';
import { yamlString } from './yaml-scalar.ts';

/**
 * A strategic-merge patch for a workload with a pod template (Deployment, StatefulSet, DaemonSet, Job): it changes the
 * container named after the profile.
 */
export const kubernetesPatch: Format<'kubernetes-patch'> = {
  id: 'kubernetes-patch',
  title: 'Kubernetes strategic-merge patch',
  mediaType: 'application/yaml; charset=utf-8',
  extension: 'yaml',
  render(grant) {
    const notice = notApprovedNotice(grant);
    const lines = [
      ...(notice === undefined ? [] : [`# ${notice}`]),
      `# ${caption(grant)}`,
      'spec:',
      '  template:',
      '    spec:',
      '      containers:',
      `        - name: ${yamlString(containerName(grant))}`,
      ...securityContextLines(kubernetesPatch.id, grant).map((line) => `          ${line}`),
    ];
    return `${lines.join('\n')}\n`;
  },
};

/** Kubernetes names containers by DNS label. */
function containerName({ profile }: Grant): string {
  if (/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(profile)) return profile;
  throw unsupportedByFormat(kubernetesPatch.id, 'profile', 'the name of the profile cannot be the name of a container');
}
