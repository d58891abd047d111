import type { Format } from './format.ts';
import { caption, notApprovedNotice } from './grant.ts';
import { securityContextLines } from './security-context.ts';

/** The `securityContext` of a container in a Kubernetes manifest. */
export const kubernetes: Format<'kubernetes'> = {
  id: 'kubernetes',
  title: 'Kubernetes container securityContext',
  mediaType: 'application/yaml; charset=utf-8',
  extension: 'yaml',
  render(grant) {
    const notice = notApprovedNotice(grant);
    const lines = [
      ...(notice === undefined ? [] : [`# ${notice}`]),
      `# ${caption(grant)}`,
      ...securityContextLines(kubernetes.id, grant),
    ];
    return `${lines.join('\n')}\n`;
  },
};
