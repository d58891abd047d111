import { EVERY_APPROVER, type PolicyDocument } from './policy-document.ts';

/** For how long somebody may give one person a short approval without reviews, or why they may not at all. */
export type EmergencyLimit =
  | { readonly kind: 'allowed'; readonly maxHours: number }
  | { readonly kind: 'refused'; readonly why: string };

/** What the policy lets somebody who may review do in an emergency. */
export function emergencyLimit({ breakGlass, groups }: PolicyDocument, login: string): EmergencyLimit {
  if (breakGlass === null) return { kind: 'refused', why: 'the policy knows no emergencies: request it' };
  const { group, maxHours } = breakGlass;
  if (group === EVERY_APPROVER || groups[group]?.includes(login) === true) return { kind: 'allowed', maxHours };
  return { kind: 'refused', why: `only people of the group ${group} may do this` };
}
