import { z } from 'zod';
import { CAPABILITIES } from '../engine/capability.ts';
import { RISK_TIERS } from '../engine/risk.ts';
import { RUNTIME_IDS } from '../engine/runtime.ts';
import { email, prose, readInput } from '../kernel/input.ts';
import { EVERY_APPROVER, type PolicyDocument } from '../policy/policy-document.ts';

/** Limits of a policy. One that is longer is read by nobody. */
const POLICY_LIMITS = { rules: 100, groups: 50, people: 500, approvals: 10, name: 100, why: 500 } as const;

const groupSlug = z.string().regex(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/, 'a to z, digits and hyphens, up to 63');
const capabilityName = z.enum(CAPABILITIES.map((capability) => capability.name));

const demand = z.strictObject({
  group: groupSlug,
  approvals: z.int().min(1).max(POLICY_LIMITS.approvals, `up to ${POLICY_LIMITS.approvals} approvals`),
});
const demands = z.array(demand).max(POLICY_LIMITS.approvals);

const rule = z
  .strictObject({
    name: prose('name', POLICY_LIMITS.name),
    when: z.strictObject({
      tier: z.array(z.enum(RISK_TIERS)).min(1).optional(),
      scoreAtLeast: z.number().min(0).max(100).optional(),
      grants: z.array(capabilityName).min(1).optional(),
      privileged: z.boolean().optional(),
      runtime: z.array(z.enum(RUNTIME_IDS)).min(1).optional(),
      team: z.array(z.string().max(63)).min(1).max(POLICY_LIMITS.people).optional(),
      root: z.boolean().optional(),
    }),
    deny: prose('deny', POLICY_LIMITS.why).optional(),
    require: demands.min(1, 'ask for at least one approval, or leave it out').optional(),
    longestLifeDays: z.int().min(1).max(3650).optional(),
    justifyEach: z.boolean().optional(),
    ticket: z.boolean().optional(),
    last: z.boolean().optional(),
  })
  .refine(({ deny, require }) => deny === undefined || require === undefined, {
    path: ['require'],
    message: 'a rule that denies asks for no approvals',
  });

const document = z
  .strictObject({
    groups: z
      .record(groupSlug, z.array(email).min(1, 'a group without people approves nothing').max(POLICY_LIMITS.people))
      .refine((groups) => Object.keys(groups).length <= POLICY_LIMITS.groups, `up to ${POLICY_LIMITS.groups} groups`)
      .refine(
        (groups) => !(EVERY_APPROVER in groups),
        `${EVERY_APPROVER} is everybody who may review: name it otherwise`,
      ),
    approversSignInByProvider: z.boolean().default(false),
    rules: z.array(rule).min(1, 'without a rule everything is refused').max(POLICY_LIMITS.rules),
    approveWithinInForce: z.boolean(),
    requestsLapseAfterDays: z.int().min(1).max(365),
    breakGlass: z.strictObject({ group: groupSlug, maxHours: z.int().min(1).max(72) }).nullable(),
    policyChanges: demands.min(1, 'a change of the policy takes at least one approval'),
  })
  .superRefine((policy, context) => {
    const known = new Set([EVERY_APPROVER, ...Object.keys(policy.groups)]);
    const check = (group: string, path: (string | number)[]): void => {
      if (!known.has(group)) context.addIssue({ code: 'custom', path, message: `there is no group ${group}` });
    };
    policy.rules.forEach((one, index) => {
      one.require?.forEach(({ group }, place) => check(group, ['rules', index, 'require', place, 'group']));
    });
    policy.policyChanges.forEach(({ group }, place) => check(group, ['policyChanges', place, 'group']));
    if (policy.breakGlass !== null) check(policy.breakGlass.group, ['breakGlass', 'group']);
    const names = policy.rules.map((one) => one.name);
    names.forEach((one, index) => {
      if (names.indexOf(one) !== index)
        context.addIssue({ code: 'custom', path: ['rules', index, 'name'], message: 'two rules have this name' });
    });
  });

/** A policy that makes sense by itself. INVALID_INPUT names every place that does not. */
export function readPolicy(value: unknown): PolicyDocument {
  return readInput(document, value);
}
