import type { RiskTier } from '../engine/risk.ts';
import type { RuntimeId } from '../engine/runtime.ts';

/** The group that everybody is in whose role lets them review; it is not listed, and cannot be. */
export const EVERY_APPROVER = 'approvers';

/** So many approvals, each by another person of the group. */
export interface Demand {
  readonly group: string;
  readonly approvals: number;
}

/** When a rule speaks: every condition that is given has to hold. A rule without conditions always speaks. */
export interface Condition {
  /** The tier is one of these. */
  readonly tier?: readonly RiskTier[] | undefined;
  /** The score, 0 to 100, is this or more. */
  readonly scoreAtLeast?: number | undefined;
  /** One of these capabilities (CAP_X) is granted that was not in force before. */
  readonly grants?: readonly string[] | undefined;
  readonly privileged?: boolean | undefined;
  readonly runtime?: readonly RuntimeId[] | undefined;
  /** The slug of the team is one of these. */
  readonly team?: readonly string[] | undefined;
  /** Whether the container runs as root. */
  readonly root?: boolean | undefined;
}

/** What holds for the requests that a rule speaks of. What several rules ask for adds up: the strictest counts. */
export interface Rule {
  readonly name: string;
  readonly when: Condition;
  /** Why no approval is enough. */
  readonly deny?: string | undefined;
  readonly require?: readonly Demand[] | undefined;
  /** The longest that an approval may hold (days); none without an end. */
  readonly longestLifeDays?: number | undefined;
  /** Every capability that is newly granted has to be justified by itself. */
  readonly justifyEach?: boolean | undefined;
  /** A link to a ticket has to be given. */
  readonly ticket?: boolean | undefined;
  /** The rules below are not read any more. */
  readonly last?: boolean | undefined;
}

/** What a tenant asks of the requests that are made in it. It changes as a whole, by approval. */
export interface PolicyDocument {
  /** Who is in which group, by email. */
  readonly groups: Readonly<Record<string, readonly string[]>>;
  /** Only people whom an identity provider has signed in count as approvers, so that no owner can make one up. */
  readonly approversSignInByProvider: boolean;
  /** Read from the top. A request of which no rule speaks is refused. */
  readonly rules: readonly Rule[];
  /** Whether what grants nothing beyond what is in force is approved by itself. */
  readonly approveWithinInForce: boolean;
  /** How long a request waits for a decision (days). */
  readonly requestsLapseAfterDays: number;
  /** Who may grant a short approval by themselves, and for how long at the most; null where nobody may. */
  readonly breakGlass: { readonly group: string; readonly maxHours: number } | null;
  /** What a change of this policy takes. */
  readonly policyChanges: readonly Demand[];
}

/** What holds until a tenant has said something else. */
export const DEFAULT_POLICY: PolicyDocument = {
  groups: {},
  approversSignInByProvider: false,
  rules: [
    {
      name: 'no privileged containers',
      when: { privileged: true },
      deny: 'the policy refuses privileged profiles: ask for the capabilities that the workload needs, by name',
      last: true,
    },
    {
      name: 'a second pair of eyes for what can take over the machine',
      when: { tier: ['high', 'critical'] },
      require: [{ group: EVERY_APPROVER, approvals: 2 }],
    },
    { name: 'somebody else looks at everything', when: {}, require: [{ group: EVERY_APPROVER, approvals: 1 }] },
  ],
  approveWithinInForce: true,
  requestsLapseAfterDays: 30,
  breakGlass: null,
  policyChanges: [{ group: EVERY_APPROVER, approvals: 1 }],
};

/** What a request was judged by: a number from 1 on, or the policy that every tenant begins with. */
export const DEFAULT_VERSION = 0;
