import { CAPABILITIES, type Capability } from '../../engine/capability.ts';
import { OPERATIONS } from '../../engine/operations/answer.ts';
import type { Operation } from '../../engine/operations/operation.ts';
import { SYNONYMS } from './synonyms.ts';

/** Something that somebody may have meant, and the capability that it takes. */
export type Found =
  | {
      readonly kind: 'operation';
      readonly id: string;
      readonly operation: Operation;
      readonly ways: readonly (readonly string[])[];
    }
  | { readonly kind: 'capability'; readonly id: string; readonly capability: Capability };

/** Most that are shown. */
const MOST = 8;

const LOW_PORT = /\bport\s*(\d{1,5})\b/i;

/**
 * What capabilities and operations a text may mean: a capability's name (in any spelling) or number, words of an
 * operation, what people call it, or of a description. The best first.
 */
export function find(text: string): readonly Found[] {
  const words = text
    .toLowerCase()
    .split(/[\s,;]+/)
    .filter((word) => word !== '');
  if (words.length === 0) return [];
  const candidates = [
    ...OPERATIONS.map((operation) => ofOperation(operation, words, text)),
    ...CAPABILITIES.map((one) => ofCapability(one, words)),
  ];
  return candidates
    .filter(({ weight }) => weight > 0)
    .sort((one, other) => other.weight - one.weight)
    .slice(0, MOST)
    .map(({ found }) => found);
}

interface Candidate {
  readonly weight: number;
  readonly found: Found;
}

function ofOperation(operation: Operation, words: readonly string[], text: string): Candidate {
  const { id, title, needs, note = '' } = operation;
  const port = LOW_PORT.exec(text)?.[1];
  const isPort = id === 'bind-low-port' && port !== undefined && Number(port) < 1024;
  const weight = isPort
    ? 200
    : weigh(words, [
        [title.toLowerCase(), 30],
        [`${id.replaceAll('-', ' ')} ${SYNONYMS[id] ?? ''}`.toLowerCase(), 28],
        [(note ?? '').toLowerCase(), 6],
      ]);
  return { weight, found: { kind: 'operation', id, operation, ways: needs } };
}

function ofCapability(capability: Capability, words: readonly string[]): Candidate {
  const { name, number, summary } = capability;
  const short = name.slice('CAP_'.length).toLowerCase();
  const asked = words.join('_').replace(/^cap_/, '');
  const exact = asked === short || words.join('') === String(number) ? 100 : 0;
  const begins = asked.length >= 2 && short.startsWith(asked) ? 40 : 0;
  const weight =
    exact +
    begins +
    weigh(words, [
      [short.replaceAll('_', ' '), 25],
      [summary.toLowerCase(), 8],
    ]);
  return { weight, found: { kind: 'capability', id: name, capability } };
}

/** Every word has to be somewhere; one that begins a word counts in full, one inside of a word half. */
function weigh(words: readonly string[], fields: readonly (readonly [string, number])[]): number {
  let sum = 0;
  for (const word of words) {
    const best = Math.max(...fields.map(([field, weight]) => weight * presence(field, word)));
    if (best === 0) return 0;
    sum += best;
  }
  return sum / words.length;
}

function presence(field: string, word: string): number {
  const at = field.indexOf(word);
  if (at < 0) return 0;
  const starts = ` ${field}`.search(new RegExp(`[^a-z0-9]${word.replace(/[^a-z0-9]/g, String.raw`\$&`)}`)) >= 0;
  if (starts) return 1;
  return word.length >= 3 ? 0.5 : 0;
}
