import { resolve } from '../../../src/engine/resolve.ts';
import { RUNTIME_IDS, type RuntimeId } from '../../../src/engine/runtime.ts';
import type { Spec } from '../../../src/engine/spec.ts';
import { FORMATS, type FormatId } from '../../../src/formats/formats.ts';
import type { Grant } from '../../../src/formats/grant.ts';
import { DomainError } from '../../../src/kernel/errors.ts';
import { randomFrom } from './random.ts';
import { type Pace, randomParts } from './specs.ts';

/** A profile that was approved for a spec, named after its place in the list; undefined for a spec that is refused. */
function grantOf(spec: Spec, index: number): Grant | undefined {
  const outcome = resolve(spec);
  if (!outcome.ok) return undefined;
  return {
    team: 'payments',
    profile: `web-${index}`,
    revision: 3,
    digest: `sha256:${'ab'.repeat(32)}`,
    runtime: spec.runtime,
    sets: outcome.resolution.sets,
    user: spec.user,
    noNewPrivileges: spec.noNewPrivileges,
    privileged: spec.privileged,
    status: 'approved',
  };
}

/** An approved profile, the spec that it was made of, and its rendering in a format. */
export interface Exported {
  readonly spec: Spec;
  readonly grant: Grant;
  readonly content: string;
}

const OTHERS: Readonly<Record<Pace, number>> = { quick: 0, full: 4 };

/**
 * What a format makes of the specs, and of some more that were resolved for every other runtime. Left out is what the
 * format refuses to carry, and what was resolved for `except`.
 */
export function exportsIn(
  format: FormatId,
  specs: readonly Spec[],
  pace: Pace,
  except: readonly RuntimeId[] = [],
): readonly Exported[] {
  const random = randomFrom(format.length);
  const runtimes = RUNTIME_IDS.filter((runtime) => !except.includes(runtime) && runtime !== specs[0]?.runtime);
  const others = runtimes.flatMap((runtime) =>
    Array.from(
      { length: OTHERS[pace] },
      (): Spec => ({ runtime, add: [], drop: [], privileged: false, noNewPrivileges: false, ...randomParts(random) }),
    ),
  );
  return [...specs, ...others].flatMap((spec, index) => {
    const grant = grantOf(spec, index);
    const content = grant === undefined ? undefined : renderedAs(format, grant);
    return grant === undefined || content === undefined ? [] : [{ spec, grant, content }];
  });
}

function renderedAs(format: FormatId, grant: Grant): string | undefined {
  try {
    return FORMATS[format].render(grant);
  } catch (error) {
    if (error instanceof DomainError && error.code === 'UNSUPPORTED_BY_FORMAT') return undefined;
    throw error;
  }
}
