import { createHash } from 'node:crypto';
import { toNames } from '../engine/cap-set.ts';
import { contradictions } from '../engine/contradictions.ts';
import type { KernelSets } from '../engine/resolution.ts';
import { resolveOrThrow } from '../engine/resolve.ts';
import { RISK_MODEL, type RiskScore, scoreRisk } from '../engine/risk.ts';
import type { Spec } from '../engine/spec.ts';
import { ENGINE_VERSION } from '../engine/version.ts';
import { canonicalJson } from '../kernel/canonical-json.ts';
import { DomainError } from '../kernel/errors.ts';

/** A revision before it has a place in a profile: what is asked for, and what would be approved. */
export interface RevisionDraft {
  readonly spec: Spec;
  readonly sets: KernelSets;
  readonly risk: RiskScore;
  /** Canonical JSON of what is approved. */
  readonly content: string;
  /** `sha256:<64 hex>` of the content. */
  readonly digest: string;
}

/** Works out what a spec stands for. Refuses one that the runtime refuses, or that people would read in two ways. */
export function draftRevision(spec: Spec): RevisionDraft {
  const { sets } = resolveOrThrow(spec);
  const issues = contradictions(spec);
  if (issues.length > 0) {
    throw new DomainError('CONTRADICTORY_SPEC', issues.map(({ message }) => message).join('; '), issues);
  }
  const risk = scoreRisk(sets.bounding, spec.privileged);
  const content = contentOf(spec, sets, risk);
  return { spec, sets, risk, content, digest: digestOf(content) };
}

/** Whether stored content says what the revision's columns say, and is what its digest is of. */
export function contentMatches(content: string, revision: StoredMeaning): boolean {
  const { spec, sets, risk, digest } = revision;
  const { engine, risk: scored } = JSON.parse(content) as { engine: string; risk: { model: string } };
  const versions = { engine, model: scored.model };
  return digestOf(content) === digest && contentOf(spec, sets, risk, versions) === content;
}

const CURRENT: { readonly engine: string; readonly model: string } = { engine: ENGINE_VERSION, model: RISK_MODEL };

type StoredMeaning = Pick<RevisionDraft, 'spec' | 'sets' | 'risk' | 'digest'>;

/** What an approval is of: the sets and not the words, so that two spellings of one meaning have one digest. */
function contentOf(spec: Spec, sets: KernelSets, risk: RiskScore, versions = CURRENT): string {
  return canonicalJson({
    version: 1,
    engine: versions.engine,
    runtime: spec.runtime,
    privileged: spec.privileged,
    user: spec.user ?? null,
    noNewPrivileges: spec.noNewPrivileges,
    bounding: toNames(sets.bounding),
    permitted: toNames(sets.permitted),
    effective: toNames(sets.effective),
    inheritable: toNames(sets.inheritable),
    ambient: toNames(sets.ambient),
    risk: { model: versions.model, micro: risk.micro, tier: risk.tier },
  });
}

function digestOf(content: string): string {
  return `sha256:${createHash('sha256').update(content, 'utf8').digest('hex')}`;
}
