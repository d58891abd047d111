import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { importContainers } from '../../../src/formats/import/imports.ts';
import { goldenLines } from '../engine/golden.ts';

interface PodCase {
  readonly case: string;
  /** The spec of a pod. */
  readonly pod: string;
  readonly containers: readonly { readonly level: string; readonly missing?: readonly string[] }[];
}

const file = new URL('../../cases/formats/pod-security.yaml', import.meta.url);
const cases: readonly PodCase[] = parse(readFileSync(file, 'utf8'));

function verdicts(content: string) {
  return importContainers('kubernetes', { files: [{ name: 'file', content }] }).map(({ podSecurity }) => podSecurity);
}

describe('what Pod Security says of the containers of a pod', () => {
  test.each(cases)('$case', ({ pod, containers }) => {
    const spec = pod.replaceAll(/^/gm, '  ');
    const expected = containers.map((container) => expect.objectContaining(container));
    expect(verdicts(`kind: Pod\nspec:\n${spec}`)).toEqual(expected);
    expect(verdicts(`kind: Deployment\nspec:\n  template:\n    spec:\n${spec.replaceAll(/^/gm, '    ')}`)).toEqual(
      expected,
    );
  });

  test.each(['spec: { containers: [{ name: a }] }', 'securityContext: { privileged: true }'])(
    'nothing of a part of one: %s',
    (content) => {
      expect(verdicts(content)).toEqual([undefined]);
    },
  );
});

interface Vector {
  readonly containers: readonly {
    readonly name: string;
    readonly add: readonly string[];
    readonly drop: readonly string[];
    readonly privileged?: boolean;
    readonly allowPrivilegeEscalation?: boolean;
  }[];
  readonly denied: Readonly<Record<string, string>>;
}

const vectors: readonly Vector[] = goldenLines('pod-security.jsonl');

describe('pods of one container, with what Kubernetes itself said of them', () => {
  test.each(vectors.filter(({ containers }) => containers.length === 1))('$containers', ({ containers, denied }) => {
    const manifest = {
      kind: 'Pod',
      spec: {
        securityContext: { runAsNonRoot: true },
        containers: containers.map(({ name, add, drop, ...rights }) => ({
          name,
          securityContext: { ...rights, capabilities: { add, drop } },
        })),
      },
    };
    const wordsOf = (...controls: readonly string[]) =>
      controls.flatMap((control) => denied[control]?.split('; ') ?? []);
    const baseline = wordsOf('privileged@1.0', 'capabilities_baseline@1.0');
    const restricted = wordsOf('capabilities_restricted@1.25', 'allowPrivilegeEscalation@1.25');
    expect(verdicts(JSON.stringify(manifest))).toEqual([
      baseline.length > 0
        ? { level: 'privileged', missing: baseline }
        : { level: restricted.length > 0 ? 'baseline' : 'restricted', missing: restricted },
    ]);
  });
});
