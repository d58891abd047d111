import { type CapSet, EMPTY_SET, equals, fromNames, intersect } from '../engine/cap-set.ts';
import { type RiskScore, shownScore } from '../engine/risk.ts';
import type { RuntimeId } from '../engine/runtime.ts';
import { type Condition, type Demand, EVERY_APPROVER, type PolicyDocument, type Rule } from './policy-document.ts';

/** What a policy looks at. */
export interface Asked {
  readonly risk: RiskScore;
  /** Capabilities in the ceiling that are not in force now. */
  readonly granted: CapSet;
  readonly privileged: boolean;
  readonly runtime: RuntimeId;
  readonly team: string;
  readonly root: boolean;
}

/** What a policy asks: a refusal that no approval lifts, or everything that it takes. */
export type Judgement = Refused | Demanding;

export interface Refused {
  readonly kind: 'refused';
  readonly rule: string | null;
  readonly why: string;
}

export interface Demanding {
  readonly kind: 'demanding';
  readonly demands: readonly Demand[];
  /** Days; null where there is no limit. */
  readonly longestLifeDays: number | null;
  readonly justifyEach: boolean;
  readonly ticket: boolean;
  /** Names of the rules that spoke. */
  readonly rules: readonly string[];
}

/**
 * What the policy asks of a request. Every rule that speaks of it adds to what is asked, so that a further rule never
 * makes a request easier; `last` ends the reading. Where no rule asks for an approval, it is refused.
 */
export function judge({ rules }: PolicyDocument, asked: Asked): Judgement {
  const spoke: Rule[] = [];
  for (const rule of rules) {
    if (!speaksOf(rule.when, asked)) continue;
    spoke.push(rule);
    if (rule.last === true) break;
  }
  const denying = spoke.find(({ deny }) => deny !== undefined);
  if (denying?.deny !== undefined) return { kind: 'refused', rule: denying.name, why: denying.deny };
  const demands = strictest(spoke.flatMap(({ require }) => require ?? []));
  if (demands.length === 0) {
    const why = 'no rule of the policy says who may approve this, so nobody may: ask for a rule, or for less';
    return { kind: 'refused', rule: null, why };
  }
  const lives = spoke.flatMap(({ longestLifeDays }) => longestLifeDays ?? []);
  return {
    kind: 'demanding',
    demands,
    longestLifeDays: lives.length === 0 ? null : Math.min(...lives),
    justifyEach: spoke.some(({ justifyEach }) => justifyEach === true),
    ticket: spoke.some(({ ticket }) => ticket === true),
    rules: spoke.map(({ name }) => name),
  };
}

/** What two judgements of one request ask together: of the whole, and of what is new in it. */
export function stricterOf(one: Judgement, other: Judgement): Judgement {
  if (one.kind === 'refused') return one;
  if (other.kind === 'refused') return other;
  const lives = [one.longestLifeDays, other.longestLifeDays].filter((days) => days !== null);
  return {
    kind: 'demanding',
    demands: strictest([...one.demands, ...other.demands]),
    longestLifeDays: lives.length === 0 ? null : Math.min(...lives),
    justifyEach: one.justifyEach || other.justifyEach,
    ticket: one.ticket || other.ticket,
    rules: [...new Set([...one.rules, ...other.rules])],
  };
}

/**
 * Demands as places for different people. Those of named groups are approvers too: what is asked of `approvers` is how many
 * there have to be in all, so only what the named groups leave is a place of its own.
 */
export function placesOf(demands: readonly Demand[]): readonly Demand[] {
  const named = demands.filter(({ group }) => group !== EVERY_APPROVER);
  const inAll = demands.find(({ group }) => group === EVERY_APPROVER)?.approvals ?? 0;
  const rest = inAll - named.reduce((sum, { approvals }) => sum + approvals, 0);
  return rest > 0 ? [...named, { group: EVERY_APPROVER, approvals: rest }] : named;
}

/** One demand a group: the largest. */
function strictest(demands: readonly Demand[]): readonly Demand[] {
  const byGroup = new Map<string, number>();
  for (const { group, approvals } of demands) byGroup.set(group, Math.max(approvals, byGroup.get(group) ?? 0));
  return [...byGroup].map(([group, approvals]) => ({ group, approvals }));
}

function speaksOf(when: Condition, asked: Asked): boolean {
  return (
    (when.tier === undefined || when.tier.includes(asked.risk.tier)) &&
    (when.scoreAtLeast === undefined || shownScore(asked.risk.micro) >= when.scoreAtLeast) &&
    (when.grants === undefined || !equals(intersect(asked.granted, fromNames(when.grants)), EMPTY_SET)) &&
    (when.privileged === undefined || when.privileged === asked.privileged) &&
    (when.runtime === undefined || when.runtime.includes(asked.runtime)) &&
    (when.team === undefined || when.team.includes(asked.team)) &&
    (when.root === undefined || when.root === asked.root)
  );
}
