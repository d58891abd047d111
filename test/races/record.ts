import type { Verdict } from '../../src/change-requests/change-request.ts';
import type { Person, TenantOnStage } from './stage.ts';

/** What a client can do. Those that change something say a word of their own in it, by which its event is known again. */
export type Deed =
  | { readonly kind: 'request' | 'renew'; readonly profile: string }
  | { readonly kind: 'amend' | 'withdraw' | 'comment' | 'readRequest'; readonly request: string }
  | { readonly kind: 'accept'; readonly request: string; readonly suggestion: string }
  | { readonly kind: 'suggest'; readonly request: string; readonly digest: string }
  | { readonly kind: 'review'; readonly request: string; readonly digest: string; readonly verdict: Verdict }
  | { readonly kind: 'revoke' | 'breakGlass' | 'export'; readonly profile: string }
  | { readonly kind: 'closeEmergency'; readonly emergency: string }
  | { readonly kind: 'propose' | 'readHead' | 'readPolicy' }
  | { readonly kind: 'reviewPolicy'; readonly proposal: string; readonly digest: string; readonly verdict: Verdict }
  | { readonly kind: 'withdrawPolicy'; readonly proposal: string };

export type DeedKind = Deed['kind'];

/** What an answer showed. Ids are UUIDs. */
export type Seen =
  | { readonly of: 'request'; readonly request: SeenRequest }
  | { readonly of: 'profile' | 'proposal' | 'emergency'; readonly id: string }
  | { readonly of: 'export'; readonly digest: string; readonly revision: number }
  | { readonly of: 'head'; readonly seq: number }
  | { readonly of: 'policy'; readonly version: number };

export interface SeenRequest {
  readonly id: string;
  readonly state: string;
  readonly digest: string;
  readonly revision: number;
  readonly reviews: readonly {
    readonly login: string;
    readonly verdict: Verdict;
    readonly digest: string;
    readonly revision: number;
  }[];
}

/** How it ended for whoever asked: `unknown` where nothing was answered, or that it may have happened. */
export type Outcome =
  | { readonly kind: 'done'; readonly seen: Seen }
  | { readonly kind: 'refused'; readonly code: string; readonly message: string }
  | { readonly kind: 'unknown'; readonly why: string };

/** One thing that somebody did, and what they were told. */
export interface Act {
  readonly number: number;
  readonly tenant: TenantOnStage;
  readonly who: Person;
  readonly deed: Deed;
  /** Stands in what was said with it. */
  readonly word: string;
  /** On the clock of the run, and on the servers' (milliseconds). */
  readonly asked: number;
  readonly answered: number;
  readonly askedAt: number;
  readonly answeredAt: number;
  readonly outcome: Outcome;
}
