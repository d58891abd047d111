import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { toNames } from '../../../src/engine/cap-set.ts';
import type { KernelSets } from '../../../src/engine/resolution.ts';
import { resolve } from '../../../src/engine/resolve.ts';
import { RUNTIME_IDS } from '../../../src/engine/runtime.ts';
import type { Spec } from '../../../src/engine/spec.ts';
import { FORMAT_IDS, FORMATS, type FormatId } from '../../../src/formats/formats.ts';
import type { Grant } from '../../../src/formats/grant.ts';
import { type ImportId, importContainers, isImportId } from '../../../src/formats/import/imports.ts';
import { SET_NAMES } from '../../../src/formats/same-sets.ts';
import { DomainError } from '../../../src/kernel/errors.ts';
import { arbitraryGrant } from './arbitrary-grant.ts';

/** Formats that are read under another id than the one they are written under. */
const READ_AS: Partial<Record<FormatId, ImportId>> = { 'kubernetes-patch': 'kubernetes', 'ecs-fargate': 'ecs' };

const readable = FORMAT_IDS.flatMap((format): [FormatId, ImportId][] => {
  const id = READ_AS[format] ?? format;
  return isImportId(id) ? [[format, id]] : [];
});

test('every format but the Pod Security level can be read back', () => {
  const missing = FORMAT_IDS.filter((format) => !readable.some(([written]) => written === format));
  expect(missing).toEqual(['pod-security']);
});

/** The text, or undefined when the format says that it cannot carry the grant. */
function rendered(format: FormatId, grant: Grant): string | undefined {
  try {
    return FORMATS[format].render(grant);
  } catch (error) {
    if (error instanceof DomainError && error.code === 'UNSUPPORTED_BY_FORMAT') return undefined;
    throw error;
  }
}

/** A Nomad client allows what its configuration says; with everything allowed, Docker decides. */
function setsOf(spec: Spec): KernelSets | undefined {
  const outcome = resolve(spec.runtime === 'nomad' ? { ...spec, runtime: 'docker' } : spec);
  return outcome.ok ? outcome.resolution.sets : undefined;
}

/** The names in each of the five sets. */
function namesIn(sets: KernelSets | undefined): unknown {
  return sets === undefined ? undefined : SET_NAMES.map((name) => [name, toNames(sets[name])]);
}

/** A user as the formats agree on it: root is 0, and an empty group or user is none. */
function userIn(user: string | undefined): string | undefined {
  const text = user?.replace(/^root(?=:|$)/, '0').replace(/:$/, '');
  return text === '' ? undefined : text;
}

test.each(readable)('what %s writes is read back as the same sets, whatever the profile was made for', (format, id) => {
  let carried = 0;
  fc.assert(
    fc.property(arbitraryGrant(...RUNTIME_IDS), (grant) => {
      const content = rendered(format, grant);
      fc.pre(content !== undefined);
      carried += 1;
      const runtime = grant.runtime.startsWith('docker') && id !== 'kubernetes' ? grant.runtime : undefined;
      const containers = importContainers(id, { files: [{ name: 'file', content }], runtime });
      expect(containers.map(({ spec }) => namesIn(setsOf(spec)))).toEqual([namesIn(grant.sets)]);
      const [container] = containers;
      expect(container?.spec).toMatchObject({ privileged: false, noNewPrivileges: grant.noNewPrivileges });
      expect(container?.warnings).toEqual([]);
      expect(userIn(container?.spec.user)).toBe(userIn(grant.user));
    }),
    { numRuns: 150, maxSkipsPerRun: 200 },
  );
  expect(carried).toBeGreaterThan(50);
});

test.each(FORMAT_IDS)('%s writes nothing but a refusal for a privileged profile', (format) => {
  fc.assert(
    fc.property(arbitraryGrant('docker', 'podman'), (grant) => {
      expect(rendered(format, { ...grant, privileged: true })).toBeUndefined();
    }),
    { numRuns: 20 },
  );
});
