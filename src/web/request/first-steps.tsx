import { SegmentedControl } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import type { RuntimeId } from '../../engine/runtime.ts';
import type { Spec } from '../../engine/spec.ts';
import { Waiting } from '../ui/page.tsx';

// Fetched when somebody wants them: whoever begins from nothing does not wait for them.
const KnownKinds = lazy(async () => ({ default: (await import('./known-kinds.tsx')).KnownKinds }));
const FromFile = lazy(async () => ({ default: (await import('./from-file.tsx')).FromFile }));
const FromOther = lazy(async () => ({ default: (await import('./from-other.tsx')).FromOther }));

type Way = 'preset' | 'file' | 'profile' | 'none';

const WAYS = [
  { value: 'none', label: 'From nothing' },
  { value: 'preset', label: 'A known kind' },
  { value: 'file', label: 'A file you have' },
  { value: 'profile', label: 'Another profile' },
];

/** Where the words come from, for those who do not write them by themselves. */
export function FirstSteps({ runtime, use }: { readonly runtime: RuntimeId; readonly use: (spec: Spec) => void }) {
  const [way, setWay] = useState<Way>('none');
  return (
    <div className="first-steps">
      <fieldset>
        <legend>Start from</legend>
        <SegmentedControl
          value={way}
          onChange={(value) => setWay(value as Way)}
          data={WAYS}
          fullWidth
          transitionDuration={0}
        />
      </fieldset>
      <Suspense fallback={<Waiting lines={3} />}>
        {way === 'preset' ? <KnownKinds runtime={runtime} use={use} /> : null}
        {way === 'file' ? <FromFile runtime={runtime} use={use} /> : null}
        {way === 'profile' ? <FromOther use={use} /> : null}
      </Suspense>
    </div>
  );
}
