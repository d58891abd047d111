import { RUNTIMES } from '../../engine/runtime-facts.ts';
import type { Spec } from '../../engine/spec.ts';
import './spec-words.css';

/** The words of a request, as the runtime would get them. */
export function SpecWords({ spec }: { readonly spec: Spec }) {
  const { runtime, add, drop, privileged, user, noNewPrivileges } = spec;
  const title = RUNTIMES.find(({ id }) => id === runtime)?.title ?? runtime;
  const lines: readonly (readonly [string, string])[] = [
    ['Runtime', title],
    ['Drops', drop.join(', ') || 'nothing'],
    ['Adds', add.join(', ') || 'nothing'],
    ['User', user ?? 'root, unless the image says otherwise'],
    ['No new privileges', noNewPrivileges ? 'yes' : 'no'],
    ...(privileged ? ([['Privileged', 'yes: everything']] as const) : []),
  ];
  return (
    <dl className="spec-words">
      {lines.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
