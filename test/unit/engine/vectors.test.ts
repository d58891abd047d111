import { describe, expect, test } from '@jest/globals';
import { toBigInt } from '../../../src/engine/cap-set.ts';
import type { Outcome } from '../../../src/engine/resolution.ts';
import { resolve } from '../../../src/engine/resolve.ts';
import { RUNTIME_IDS } from '../../../src/engine/runtime.ts';
import { goldenLines, specOf } from './golden.ts';

interface Vector {
  readonly case: string;
  readonly add: readonly string[];
  readonly drop: readonly string[];
  readonly privileged?: boolean;
  /** The kernel's mask. */
  readonly bounding?: string;
  /** The runtime's exact words, or true where only the fact is known. */
  readonly refused?: string | true;
}

describe.each(RUNTIME_IDS)('what %s makes of odd and ordinary words', (runtime) => {
  const vectors: readonly Vector[] = goldenLines(`vectors/${runtime}.jsonl`);

  test.each(vectors)('$case: add $add drop $drop', ({ add, drop, privileged = false, bounding, refused }) => {
    const outcome = resolve(specOf({ runtime, add, drop, privileged }));
    expect(refused === true ? outcome.ok : answerOf(outcome)).toBe(refused === true ? false : (refused ?? bounding));
  });
});

function answerOf(outcome: Outcome): string {
  return outcome.ok ? `0x${toBigInt(outcome.resolution.sets.bounding).toString(16)}` : outcome.refusal.message;
}
