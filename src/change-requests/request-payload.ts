import { toNames } from '../engine/cap-set.ts';
import type { Json } from '../kernel/canonical-json.ts';
import type { RevisionDraft } from '../profiles/revision-draft.ts';
import type { Ask } from './change-request-store.ts';

/** What the history keeps of an ask: its words, what they stand for, and what it takes. */
export function payloadOf(draft: RevisionDraft, ask: Ask): { readonly [key: string]: Json } {
  return {
    revision: ask.revision,
    digest: draft.digest,
    spec: { ...draft.spec, user: draft.spec.user ?? null },
    bounding: toNames(draft.sets.bounding),
    risk: { micro: draft.risk.micro, tier: draft.risk.tier },
    justification: ask.justification,
    expiresInDays: ask.expiresInDays,
    ticket: ask.ticket,
    capabilityReasons: ask.capabilityReasons,
    demands: ask.demands.map(({ group, approvals, people }) => ({ group, approvals, people: people && [...people] })),
    policy: ask.policyVersion,
    judgedBeside: ask.judgedBeside,
    lapsesAt: ask.lapsesAt.toISOString(),
  };
}

/** The same for an amendment that means the same: what is approved stays as it is written, and only the reason is new. */
export function unchangedPayload({ digest }: { readonly digest: string }, ask: Ask): { readonly [key: string]: Json } {
  return { revision: ask.revision, digest, justification: ask.justification };
}
