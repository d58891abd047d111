import type { Spec } from '../../../src/engine/spec.ts';

/** A spec as the name of a case: `add NET_ADMIN, drop ALL, user 1000`. */
export function shownSpec({ runtime, add, drop, privileged, user, noNewPrivileges }: Spec): string {
  const parts = [
    ...(privileged ? ['privileged'] : []),
    ...(add.length === 0 ? [] : [`add ${add.join(' ')}`]),
    ...(drop.length === 0 ? [] : [`drop ${drop.join(' ')}`]),
    ...(user === undefined ? [] : [`user ${JSON.stringify(user)}`]),
    ...(noNewPrivileges ? ['no-new-privileges'] : []),
  ];
  return `${runtime}: ${parts.join(', ') || 'nothing asked'}`;
}
