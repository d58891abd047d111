import { describe, expect, test } from '@jest/globals';
import { CAPABILITIES, numberOf } from '../../../src/engine/capability.ts';
import { answerOperations, OPERATIONS } from '../../../src/engine/operations/answer.ts';
import { resolveOrThrow } from '../../../src/engine/resolve.ts';
import type { Spec } from '../../../src/engine/spec.ts';
import { goldenYaml, specOf } from './golden.ts';

interface Case {
  readonly case: string;
  readonly spec: Partial<Spec>;
  readonly allowed: readonly string[];
  readonly depends: readonly string[];
}

const cases: readonly Case[] = goldenYaml('operations.yaml');

test.each(cases)('$case', ({ spec, allowed, depends }) => {
  const answers = answerOperations(resolveOrThrow(specOf(spec)));
  const those = (answer: string) => answers.filter((one) => one.answer === answer).map(({ operation }) => operation.id);
  expect({ allowed: those('allowed'), depends: those('depends') }).toEqual({ allowed, depends });
});

describe('the catalogue', () => {
  test('has at least forty operations, each with an id of its own', () => {
    expect(OPERATIONS.length).toBeGreaterThanOrEqual(40);
    expect(new Set(OPERATIONS.map(({ id }) => id)).size).toBe(OPERATIONS.length);
  });

  test('names capabilities that exist, and every one that the kernel uses', () => {
    const named = new Set(OPERATIONS.flatMap(({ needs }) => needs.flat()));
    expect([...named].filter((name) => numberOf(name) === undefined)).toEqual([]);
    expect(CAPABILITIES.map(({ name }) => name).filter((name) => !named.has(name))).toEqual(['CAP_NET_BROADCAST']);
  });

  test('names a source for each', () => {
    expect(OPERATIONS.filter(({ source }) => source === '')).toEqual([]);
  });
});

describe('an answer', () => {
  const answerTo = (id: string, parts: Partial<Spec>) =>
    answerOperations(resolveOrThrow(specOf(parts))).find(({ operation }) => operation.id === id);

  test('says what it depends on', () => {
    expect(answerTo('mount-filesystem', { add: ['SYS_ADMIN'] })).toMatchObject({
      answer: 'depends',
      on: ["no AppArmor or SELinux profile that denies mounting (Docker's own does)"],
      through: ['CAP_SYS_ADMIN'],
    });
    expect(answerTo('bind-low-port', { drop: ['ALL'] })).toMatchObject({
      answer: 'depends',
      on: ["a network of the container's own, and Docker 20.10 and later"],
      through: [],
    });
  });

  test('takes privileged for lack of confinement and for all devices', () => {
    expect(answerTo('mount-filesystem', { privileged: true })).toMatchObject({ answer: 'allowed', on: [] });
    expect(answerTo('create-tunnel-device', { privileged: true })).toMatchObject({ answer: 'allowed' });
    expect(answerTo('load-kernel-module', { privileged: true })).toMatchObject({ answer: 'depends' });
  });

  test('tells a user that only a ceiling is there what could raise it', () => {
    expect(answerTo('change-file-owner', { user: '1000' })).toMatchObject({
      answer: 'depends',
      on: ['a set-user-id program, or one with file capabilities, in the image'],
      through: ['CAP_CHOWN'],
    });
  });
});
