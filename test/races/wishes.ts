import { DEFAULT_POLICY, EVERY_APPROVER, type PolicyDocument, type Rule } from '../../src/policy/policy-document.ts';
import type { Chance } from './chance.ts';

export interface WishedSpec {
  readonly add: readonly string[];
  readonly drop: readonly string[];
  readonly noNewPrivileges: boolean;
}

const spec = (...add: string[]): WishedSpec => ({ add, drop: ['ALL'], noNewPrivileges: false });

/** From little to much, so that some lie within others; each in several spellings, which mean the same. */
const SPECS: readonly (readonly WishedSpec[])[] = [
  [spec()],
  [spec('NET_BIND_SERVICE'), spec('CAP_NET_BIND_SERVICE'), spec('net_bind_service')],
  [spec('NET_BIND_SERVICE', 'NET_RAW'), spec('CAP_NET_RAW', 'NET_BIND_SERVICE')],
  [{ ...spec('NET_BIND_SERVICE'), noNewPrivileges: true }],
  [spec('NET_ADMIN', 'NET_BIND_SERVICE')],
  [spec('SYS_ADMIN')],
];

export function wishedSpec(chance: Chance): WishedSpec {
  return chance.pick(chance.pick(SPECS) ?? []) ?? spec();
}

/** Something that others may well contain. */
export function narrowSpec(chance: Chance): WishedSpec {
  return chance.pick(chance.pick(SPECS.slice(0, 2)) ?? []) ?? spec();
}

const HIGH: Rule['when'] = { tier: ['high', 'critical'] };
const SOMEBODY: Rule = { name: 'somebody', when: {}, require: [{ group: EVERY_APPROVER, approvals: 1 }] };
const TWO: Rule = { name: 'two of everybody', when: {}, require: [{ group: EVERY_APPROVER, approvals: 2 }] };

/** Mostly more than one approval, so that there is something to race for. */
const RULES: readonly (readonly Rule[])[] = [
  [TWO],
  [{ name: 'two', when: HIGH, require: [{ group: EVERY_APPROVER, approvals: 2 }] }, SOMEBODY],
  [
    {
      name: 'both groups',
      when: {},
      require: [
        { group: 'security', approvals: 1 },
        { group: 'platform', approvals: 1 },
      ],
    },
  ],
  [{ name: 'all of security', when: HIGH, require: [{ group: 'security', approvals: 2 }] }, TWO],
  [{ name: 'not that', when: { grants: ['CAP_SYS_ADMIN'] }, deny: 'nobody needs that' }, TWO],
];

/** A policy of some strictness. `security` has three accounts of two people, and shares one with `platform`. */
export function wishedPolicy(chance: Chance, slug: string): PolicyDocument {
  const logins = (...names: readonly string[]): string[] => names.map((name) => `${name}@${slug}.example`);
  return {
    ...DEFAULT_POLICY,
    groups: { security: logins('ann', 'ann-again', 'bob'), platform: logins('bob', 'cleo', 'owner-1') },
    rules: chance.pick(RULES) ?? [SOMEBODY],
    approveWithinInForce: chance.happens(0.7),
    requestsLapseAfterDays: 1,
    breakGlass: chance.happens(0.2)
      ? null
      : { group: chance.pick([EVERY_APPROVER, 'security']) ?? EVERY_APPROVER, maxHours: chance.between(1, 12) },
    policyChanges: [{ group: chance.pick([EVERY_APPROVER, 'platform']) ?? EVERY_APPROVER, approvals: 1 }],
  };
}
