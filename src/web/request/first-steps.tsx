import { SegmentedControl } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import type { Spec } from '../../engine/spec.ts';
import { Waiting } from '../ui/page.tsx';
import { emptied, isEmpty } from './draft.ts';
import { TakeBack } from './take-back.tsx';

// Fetched when somebody wants them: whoever begins from nothing does not wait for them.
const KnownKinds = lazy(async () => ({ default: (await import('./known-kinds.tsx')).KnownKinds }));
const FromFile = lazy(async () => ({ default: (await import('./from-file.tsx')).FromFile }));
const FromOther = lazy(async () => ({ default: (await import('./from-other.tsx')).FromOther }));

/** Empty: there are words already, and nobody has said where they come from. */
type Way = 'preset' | 'file' | 'profile' | 'none' | '';

const WAYS = [
  { value: 'none', label: 'From nothing' },
  { value: 'preset', label: 'A known kind' },
  { value: 'file', label: 'A file you have' },
  { value: 'profile', label: 'Another profile' },
];

/** Where the words come from, for those who do not write them by themselves. What they replace can be taken back. */
export function FirstSteps({ spec, use }: { readonly spec: Spec; readonly use: (spec: Spec) => void }) {
  const [way, setWay] = useState<Way>(isEmpty(spec) ? 'none' : '');
  const [replaced, setReplaced] = useState<{ readonly before: Spec; readonly by: Spec }>();
  const take = (next: Spec) => {
    // A file that is being typed replaces its own words at each letter: it is those before the first that are kept.
    const before = replaced?.by === spec ? replaced.before : spec;
    setReplaced({ before, by: next });
    use(next);
  };
  const choose = (next: Way) => {
    setWay(next);
    if (next === 'none' && !isEmpty(spec)) take(emptied(spec));
  };
  return (
    <div className="first-steps">
      <fieldset>
        <legend>Start from</legend>
        <SegmentedControl
          value={way}
          onChange={(value) => choose(value as Way)}
          data={WAYS}
          fullWidth
          transitionDuration={0}
        />
      </fieldset>
      <Suspense fallback={<Waiting lines={3} />}>
        {way === 'preset' ? <KnownKinds runtime={spec.runtime} use={take} /> : null}
        {way === 'file' ? <FromFile spec={spec} use={take} /> : null}
        {way === 'profile' ? <FromOther use={take} /> : null}
      </Suspense>
      {replaced === undefined ? null : (
        <TakeBack
          spec={spec}
          before={replaced.before}
          take={() => {
            use(replaced.before);
            if (way === 'none') setWay('');
          }}
        />
      )}
    </div>
  );
}
