import { type CapSet, EMPTY_SET, fromNames } from '../../../src/engine/cap-set.ts';
import type { Grant } from '../../../src/formats/grant.ts';

/** An approved web server: two capabilities for root, unless told otherwise. */
export function grantOf(change: Partial<Grant> & { readonly bounding?: CapSet } = {}): Grant {
  const { bounding = fromNames(['CAP_CHOWN', 'CAP_NET_BIND_SERVICE']), ...rest } = change;
  return {
    team: 'payments',
    profile: 'web',
    revision: 3,
    digest: `sha256:${'ab'.repeat(32)}`,
    runtime: 'docker',
    sets: { bounding, permitted: bounding, effective: bounding, inheritable: EMPTY_SET, ambient: EMPTY_SET },
    noNewPrivileges: false,
    privileged: false,
    status: 'approved',
    ...rest,
  };
}

/** The same grant for a user to whom the bounding set is only a ceiling. */
export function unprivilegedGrantOf(user: string, change: Partial<Grant> = {}): Grant {
  const grant = grantOf(change);
  return { ...grant, user, sets: { ...grant.sets, permitted: EMPTY_SET, effective: EMPTY_SET } };
}
