import { useState } from 'react';
import type { RuntimeId } from '../../engine/runtime.ts';
import type { Spec } from '../../engine/spec.ts';
import { Tier } from '../ui/tier.tsx';
import { PRESETS, presetSpec } from './presets.ts';
import { tierOfSpec } from './tier-of-spec.ts';

/** The shapes that people really need, to begin with one. */
export function KnownKinds({ runtime, use }: { readonly runtime: RuntimeId; readonly use: (spec: Spec) => void }) {
  const [chosen, setChosen] = useState<string>();
  return (
    <ul className="presets">
      {PRESETS.map((preset) => {
        const spec = presetSpec(preset, runtime);
        return (
          <li key={preset.id}>
            <button
              type="button"
              className="preset"
              aria-pressed={chosen === preset.id}
              onClick={() => {
                setChosen(preset.id);
                use(spec);
              }}
            >
              <span className="preset-head">
                <strong>{preset.title}</strong>
                <Tier tier={tierOfSpec(spec)} />
              </span>
              <span className="dim">{preset.purpose}</span>
              {chosen === preset.id ? <span className="preset-why">{preset.why}</span> : null}
            </button>
          </li>
        );
      })}
    </ul>
  );
}
