import { useState } from 'react';
import type { RuntimeId } from '../../engine/runtime.ts';
import type { Spec } from '../../engine/spec.ts';
import { PRESETS, presetSpec } from './presets.ts';
import { TierOfSpec } from './tier-of-spec.tsx';

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
                <TierOfSpec spec={spec} />
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
