import { describe, expect, test } from '@jest/globals';
import { toNames } from '../../../src/engine/cap-set.ts';
import { readDockerWord } from '../../../src/engine/runtimes/docker.ts';
import { ALL, readWords, remembering, UNKNOWN } from '../../../src/engine/word-list.ts';

describe('a list of words', () => {
  test('is read into a set, ALL, and the first word that is not understood', () => {
    const list = readWords(['chown', 'FOO', 'all', 'bar', 'CAP_BPF'], readDockerWord);
    expect(toNames(list)).toEqual(['CAP_CHOWN', 'CAP_BPF']);
    expect(list.all).toBe(true);
    expect(list.firstUnknown).toBe(1);
  });

  test('without words is the empty set', () => {
    expect(readWords([], readDockerWord)).toEqual({ lo: 0, hi: 0, all: false, firstUnknown: -1 });
  });
});

describe('the memory of spellings', () => {
  test('reads a spelling once', () => {
    let reads = 0;
    const read = remembering(() => ++reads);
    expect([read('a'), read('a'), read('b'), read('a')]).toEqual([1, 1, 2, 1]);
  });

  test('forgets everything rather than grow without end, and stays right', () => {
    let reads = 0;
    const read = remembering((word) => {
      reads++;
      return word === 'kill' ? 5 : word === 'all' ? ALL : UNKNOWN;
    });
    for (let index = 0; index < 100_000; index++) read(`flood ${index}`);
    expect(reads).toBe(100_000);
    expect([read('kill'), read('all'), read('flood 99999'), read('flood 1')]).toEqual([5, ALL, UNKNOWN, UNKNOWN]);
    expect(reads).toBe(100_003);
  });

  test('does not keep long spellings', () => {
    let reads = 0;
    const read = remembering(() => ++reads);
    const long = 'x'.repeat(49);
    expect([read(long), read(long)]).toEqual([1, 2]);
  });
});
