import { demandWords } from '../ui/demand-words.ts';
import type { Foresight } from './foresight.ts';

type Demands = Extract<Foresight, { kind: 'demanding' }>['demands'];

/** Who has to agree, as the beginning of a sentence: `2 different approvers have to agree`. */
export function agreementOf(demands: Demands): string {
  const who = demandWords(demands);
  const has = demands.length === 1 && demands[0]?.approvals === 1 ? 'has' : 'have';
  return `${who.charAt(0).toUpperCase()}${who.slice(1)} ${has} to agree`;
}

/** How many have to agree, in as few words as it takes; empty while that is not known. */
export function shortAgreementOf(foresight: Foresight | undefined): string {
  if (foresight === undefined) return '';
  if (foresight.kind === 'automatic') return 'approved by itself';
  if (foresight.kind === 'refused') return 'nobody can approve this';
  const approvals = foresight.demands.reduce((sum, demand) => sum + demand.approvals, 0);
  return `${approvals} ${approvals === 1 ? 'has' : 'have'} to agree`;
}
