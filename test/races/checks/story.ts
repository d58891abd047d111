import { DEFAULT_POLICY, DEFAULT_VERSION, type PolicyDocument } from '../../../src/policy/policy-document.ts';
import type { PersonalDemand } from '../../../src/policy/quorum.ts';
import type { Ledger, LedgerEvent } from './ledger.ts';
import { Timeline } from './timeline.ts';

export type State = 'PENDING' | 'APPROVED' | 'REJECTED' | 'WITHDRAWN' | 'EXPIRED';

export interface GivenReview {
  readonly seq: number;
  readonly memberId: string;
  readonly personId: string;
  readonly verdict: 'APPROVE' | 'REJECT';
  readonly digest: string;
  readonly revision: number;
}

/** A request, or a proposal of a policy (which has one revision and never lapses). */
export interface Asked {
  readonly state: State;
  readonly profileId: string;
  readonly authorId: string;
  /** People who must not review it, since they ask or are behind those who do. */
  readonly authorPerson: string;
  readonly behind: readonly string[];
  readonly revision: number;
  readonly digest: string;
  readonly demands: readonly PersonalDemand[];
  readonly lapsesAt: number;
  readonly expiresInDays: number | null;
  /** The revision that has to be in force still when somebody approves it; left out where none has to be. */
  readonly judgedBeside?: number | null;
  readonly reviews: readonly GivenReview[];
}

export interface Profile {
  readonly lastRevision: number;
  readonly pending: string | null;
  readonly approved: {
    readonly revision: number;
    readonly digest: string;
    readonly expiresAt: number | null;
    readonly revoked: boolean;
  } | null;
}

export interface Policy {
  readonly version: number;
  readonly document: PolicyDocument;
}

export interface Proposal extends Asked {
  readonly document: PolicyDocument;
  readonly base: number;
}

export interface Emergency {
  readonly profileId: string;
  readonly revision: number;
  readonly digest: string;
  readonly person: string;
  readonly opener: string;
  readonly openedAt: number;
  readonly endsAt: number;
  readonly closed: boolean;
}

/** Something that must not be, with what is needed to look at it. */
export interface Violation {
  readonly rule: string;
  readonly what: string;
}

/** A row that an event stands for, or an event that a row calls for: `review <request> <revision> <member>`. */
export type Trace = string;

/** The one order of events of a tenant, told anew: what everything was at each of its numbers. */
export class Story {
  readonly ledger: Ledger;
  readonly requests = new Timeline<Asked>();
  readonly profiles = new Timeline<Profile>();
  readonly proposals = new Timeline<Proposal>();
  readonly emergencies = new Timeline<Emergency>();
  readonly policies = new Timeline<Policy>();
  /** Ids of profiles by their names. */
  readonly profileIds = new Map<string, string>();
  /** What each suggestion was made for: the digest that was being asked then. */
  readonly suggestedFor = new Map<string, string>();
  readonly traces = new Set<Trace>();
  readonly violations: Violation[] = [];

  constructor(ledger: Ledger) {
    this.ledger = ledger;
    this.policies.set('', 0, { version: DEFAULT_VERSION, document: DEFAULT_POLICY });
  }

  get policy(): Policy {
    return this.policies.last('') ?? { version: DEFAULT_VERSION, document: DEFAULT_POLICY };
  }

  personOf(memberId: string): string {
    return this.ledger.members.get(memberId)?.personId ?? memberId;
  }

  mayReview(memberId: string): boolean {
    const member = this.ledger.members.get(memberId);
    return member?.kind === 'HUMAN' && (member.orgRole === 'OWNER' || member.orgRole === 'APPROVER');
  }

  /** Who must not review what this event asks: for a service account, whoever made the token that it asked with. */
  behind({ actorId, tokenId }: LedgerEvent): string[] {
    const person = this.personOf(actorId);
    if (this.ledger.members.get(actorId)?.kind !== 'SERVICE') return [person];
    return [person, this.ledger.mintedBy.get(tokenId ?? '') ?? ''];
  }

  event(seq: number): LedgerEvent | undefined {
    return this.ledger.events[seq - 1];
  }

  /** Says that something must hold at an event. */
  require(holds: boolean, rule: string, { seq, action, subject }: LedgerEvent, what: string): void {
    if (!holds) this.violations.push({ rule, what: `event ${seq}, ${action} of ${subject}: ${what}` });
  }
}
