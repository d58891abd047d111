import { toNames } from '../engine/cap-set.ts';
import { isRootUser } from '../engine/user.ts';
import { afterExecve } from './after-execve.ts';
import { differenceProblem, numericUserOf, otherUserProblem, refusePrivileged } from './carriage.ts';
import type { Format } from './format.ts';
import { jsonDocument } from './json-document.ts';

/** The part of an OCI runtime `config.json` that decides the rights: the sets themselves, whatever the runtime. */
export const oci: Format<'oci'> = {
  id: 'oci',
  title: 'OCI runtime process.capabilities',
  mediaType: 'application/json',
  extension: 'json',
  render(grant) {
    refusePrivileged(oci.id, grant);
    const user = numericUserOf(oci.id, grant);
    const isRoot = isRootUser('docker', user === undefined ? undefined : String(user.uid));
    const problem =
      otherUserProblem(oci.id, grant, 'docker') ??
      differenceProblem(oci.id, grant.sets, afterExecve(grant.sets, isRoot, grant.noNewPrivileges));
    if (problem !== undefined) throw problem;
    const { bounding, permitted, effective, inheritable, ambient } = grant.sets;
    return jsonDocument(grant, {
      process: {
        ...(user === undefined ? {} : { user }),
        capabilities: {
          bounding: toNames(bounding),
          permitted: toNames(permitted),
          effective: toNames(effective),
          // Left out means empty, and old runtimes raise nothing by mistake.
          ...(toNames(inheritable).length === 0 ? {} : { inheritable: toNames(inheritable) }),
          ...(toNames(ambient).length === 0 ? {} : { ambient: toNames(ambient) }),
        },
        noNewPrivileges: grant.noNewPrivileges,
      },
    });
  },
};
