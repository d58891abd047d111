import { describe, expect, test } from '@jest/globals';
import { POD_SECURITY_CONTROLS, type PodContainer, podSecurityLevelOf } from '../../../src/engine/pod-security.ts';
import type { Spec } from '../../../src/engine/spec.ts';
import { goldenLines, specOf } from './golden.ts';

interface Case {
  readonly os?: string;
  readonly containers: readonly (Partial<PodContainer> & Pick<PodContainer, 'name' | 'add' | 'drop'>)[];
  /** Kubernetes' own words by control and version; a control that is not there admits the pod. */
  readonly denied: Readonly<Record<string, string>>;
}

const cases: readonly Case[] = goldenLines('pod-security.jsonl');

test.each(cases)('$containers', ({ os, containers, denied }) => {
  const pod = {
    os,
    runAsNonRoot: true,
    containers: containers.map((container) => ({
      privileged: false,
      allowPrivilegeEscalation: undefined,
      ...container,
    })),
  };
  const found = POD_SECURITY_CONTROLS.map(({ id, since, violations }) => [
    `${id}@${since}`,
    violations(pod).join('; '),
  ]);
  expect(Object.fromEntries(found.filter(([, words]) => words !== ''))).toEqual(denied);
});

describe('the level of one container', () => {
  test.each<[Partial<Spec>, string, readonly string[]]>([
    [{ drop: ['ALL'], noNewPrivileges: true }, 'restricted', []],
    [{ add: ['NET_BIND_SERVICE'], drop: ['ALL'], noNewPrivileges: true }, 'restricted', []],
    [{ drop: ['ALL'], noNewPrivileges: true, user: '0:1' }, 'baseline', ['the container must not set runAsUser=0']],
    [{ drop: ['ALL'], noNewPrivileges: true, user: '1:0' }, 'restricted', []],
    [{ drop: ['ALL'] }, 'baseline', ['the container must set securityContext.allowPrivilegeEscalation=false']],
    [
      { drop: ['all'], noNewPrivileges: true },
      'baseline',
      ['the container must set securityContext.capabilities.drop=["ALL"]'],
    ],
    [{ add: ['chown'] }, 'privileged', ['the container must not include "chown" in securityContext.capabilities.add']],
    [{ privileged: true }, 'privileged', ['the container must not set securityContext.privileged=true']],
  ])('%j: %s', (parts, level, missing) => {
    expect(podSecurityLevelOf(specOf({ runtime: 'containerd', ...parts }))).toEqual({ level, missing });
  });
});
