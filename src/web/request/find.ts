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

/** What people say around the words that count. */
const FILLERS = new Set(
  (
    'i we it its my our your this that a an the some to of for on in at by with from and or is are be been am ' +
    'need needs needed want wants would like must should can could may able has have do does get gets ' +
    'program container app application service'
  ).split(' '),
);

/** What has less than this part of the weight of the best (or of so much) only contains a word in passing. */
const IN_PASSING = 0.25;
const GOOD = 40;

/**
 * What capabilities and operations a text may mean: a capability's name (in any spelling) or number, words of an
 * operation, what people call it, or of a description. The best first.
 */
export function find(text: string): readonly Found[] {
  const words = wordsThatCount(text);
  if (words.length === 0) return [];
  const operations = OPERATIONS.map((operation) => ofOperation(operation, words, text));
  const likely = operations.reduce<Candidate | undefined>(
    (best, one) => (one.weight > (best?.weight ?? 0) ? one : best),
    undefined,
  );
  const candidates = [...operations, ...CAPABILITIES.map((one) => ofCapability(one, words, likely))];
  const least = IN_PASSING * Math.min(GOOD, Math.max(...candidates.map(({ weight }) => weight)));
  return candidates
    .filter(({ weight }) => weight > 0 && weight >= least)
    .sort((one, other) => other.weight - one.weight)
    .slice(0, MOST)
    .map(({ found }) => found);
}

function wordsThatCount(text: string): readonly string[] {
  const words = text
    .toLowerCase()
    .split(/[\s,;]+/)
    .filter((word) => word !== '');
  const counting = words.filter((word) => !FILLERS.has(word));
  return counting.length === 0 ? words : counting;
}

interface Candidate {
  readonly weight: number;
  readonly found: Found;
}

function ofOperation(operation: Operation, words: readonly string[], text: string): Candidate {
  const { id, title, needs, note = '' } = operation;
  const port = LOW_PORT.exec(text)?.[1];
  const isPort = id === 'bind-low-port' && port !== undefined && Number(port) < 1024;
  // What it is about comes first in a title.
  const [about = ''] = title.toLowerCase().split(' ');
  const weight = isPort
    ? 200
    : weigh(words, [
        [about, 36],
        [`${id.replaceAll('-', ' ')} ${SYNONYMS[id] ?? ''}`.toLowerCase(), 28],
        [title.toLowerCase(), 22],
        [(note ?? '').toLowerCase(), 6],
      ]);
  return { weight, found: { kind: 'operation', id, operation, ways: needs } };
}

function ofCapability(capability: Capability, words: readonly string[], likely: Candidate | undefined): Candidate {
  const { name, number, summary } = capability;
  const short = name.slice('CAP_'.length).toLowerCase();
  const asked = words.join('_').replace(/^cap_/, '');
  const exact = asked === short || words.join('') === String(number) ? 100 : 0;
  const begins = asked.length >= 2 && short.startsWith(asked) ? 40 : 0;
  const inWords = weigh(words, [
    [short.replaceAll('_', ' '), 25],
    [summary.toLowerCase(), 8],
  ]);
  const weight = exact + begins + inWords;
  // Where the likeliest operation takes it, and it speaks of the same, it comes right behind.
  const isTaken =
    likely?.found.kind === 'operation' && likely.found.ways.some(([only, more]) => only === name && !more);
  const right = isTaken && weight > 0 && weight < likely.weight ? likely.weight * 0.99 : weight;
  return { weight: right, found: { kind: 'capability', id: name, capability } };
}

/** Every word has to be somewhere. */
function weigh(words: readonly string[], fields: readonly (readonly [string, number])[]): number {
  let sum = 0;
  for (const word of words) {
    const best = Math.max(...fields.map(([field, weight]) => weight * presence(field, word)));
    if (best === 0) return 0;
    sum += best;
  }
  return sum / words.length;
}

/** A whole word counts in full, the beginning of one about half, and what is inside of one hardly. */
function presence(field: string, word: string): number {
  if (!field.includes(word)) return 0;
  const literal = word.replace(/[^a-z0-9]/g, String.raw`\$&`);
  if (new RegExp(`(?<![a-z0-9])${literal}(?![a-z0-9])`).test(field)) return 1;
  if (new RegExp(`(?<![a-z0-9])${literal}`).test(field)) return 0.55;
  return word.length >= 3 ? 0.15 : 0;
}
