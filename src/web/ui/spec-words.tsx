import type { Spec } from '../../engine/spec.ts';
import { specLines } from './spec-lines.ts';
import './spec-words.css';

/** The words of a request, as the runtime would get them. */
export function SpecWords({ spec }: { readonly spec: Spec }) {
  const lines = Object.entries(specLines(spec)).filter(([name]) => name !== 'Privileged' || spec.privileged);
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
