import { has } from './cap-set.ts';
import { CAPABILITIES, type Capability } from './capability.ts';
import type { Plan } from './plan.ts';
import type { Resolution } from './resolution.ts';
import type { RuntimeRules } from './runtime-rules.ts';
import { rulesOf } from './runtimes.ts';
import { shownWord } from './shown-word.ts';

/** Why one capability is in the ceiling, or is not. */
export interface CapabilityDecision {
  /** Its exact name, `CAP_CHOWN`. */
  readonly capability: string;
  /** Whether it is in the bounding set. */
  readonly included: boolean;
  /** One or two sentences for a person to read. */
  readonly because: string;
}

/**
 * A decision for each of the 41 capabilities, by number.
 *
 * @example
 * explain(resolveOrThrow({ runtime: 'docker', add: ['SYS_TIME'], drop: ['ALL'], privileged: false, noNewPrivileges: false }))[25].because // → 'ALL is dropped, and this is added back by name.'
 */
export function explain(resolution: Resolution): readonly CapabilityDecision[] {
  const rules = rulesOf(resolution.spec.runtime);
  return CAPABILITIES.map((capability) => decide(capability, resolution, rules));
}

function decide(
  { name, number }: Capability,
  { plan, sets, spec }: Resolution,
  rules: RuntimeRules,
): CapabilityDecision {
  const included = has(sets.bounding, number);
  const reason = reasonOf(number, plan, rules);
  const onlyCeiling = included && !has(sets.effective, number);
  const because = onlyCeiling ? `${reason} Only a ceiling: ${whoLacksIt(spec.user)} does not start with it.` : reason;
  return { capability: name, included, because };
}

function whoLacksIt(user: string | undefined): string {
  return user === undefined || user === '' ? 'the process' : `user ${shownWord(user)}`;
}

function reasonOf(number: number, plan: Plan, rules: RuntimeRules): string {
  if (plan.start === 'everything') return reasonAfterAddAll(number, plan, rules);
  if (plan.start === 'nothing') return reasonAfterDropAll(number, plan, rules);
  if (plan.start === 'defaults') return reasonFromDefaults(number, plan, rules);
  if (plan.start === 'root-user') {
    return has(plan.from, number)
      ? `${rules.title} gives it to the user root, whatever the lists say.`
      : `Not among what ${rules.title} gives to the user root, and the lists do not count for root.`;
  }
  return has(plan.from, number)
    ? 'Privileged: every capability is given, whatever the lists say.'
    : `${rules.title} does not know it, so not even privileged gives it.`;
}

function reasonAfterAddAll(number: number, plan: Plan, rules: RuntimeRules): string {
  const { from, added, dropped, last, allInBoth } = plan;
  if (!has(from, number)) return `${rules.title} does not know it, so ALL does not cover it.`;
  if (has(dropped, number)) {
    return has(added, number) && last === 'add'
      ? `Dropped by name, but added by name as well, and ${lastWord(plan, rules)}.`
      : 'Dropped by name from ALL.';
  }
  return allInBoth ? `ALL is in both lists, and on ${rules.title} adding ALL wins.` : 'ALL is added.';
}

function reasonAfterDropAll(number: number, plan: Plan, rules: RuntimeRules): string {
  const { added, dropped, last, allInBoth } = plan;
  if (has(added, number)) {
    return has(dropped, number) && last === 'drop'
      ? `Added by name, but dropped by name as well, and ${lastWord(plan, rules)}.`
      : 'ALL is dropped, and this is added back by name.';
  }
  return allInBoth
    ? `ALL is in both lists, and on ${rules.title} dropping ALL wins; this is not added by name.`
    : 'ALL is dropped, and this is not added back.';
}

function reasonFromDefaults(number: number, plan: Plan, rules: RuntimeRules): string {
  const { added, dropped } = plan;
  const isDefault = has(plan.from, number);
  if (has(added, number) && has(dropped, number)) return `In both lists, and ${lastWord(plan, rules)}.`;
  if (has(added, number)) {
    return isDefault ? `In the default set of ${rules.title} already; adding it changes nothing.` : 'Added by name.';
  }
  if (has(dropped, number)) {
    return isDefault
      ? `In the default set of ${rules.title}, and dropped by name.`
      : `Not in the default set of ${rules.title}; dropping it changes nothing.`;
  }
  return isDefault
    ? `In the default set of ${rules.title}.`
    : `Not in the default set of ${rules.title}, and not added.`;
}

function lastWord({ last }: Plan, { title }: RuntimeRules): string {
  return `on ${title} the ${last} list has the last word`;
}
