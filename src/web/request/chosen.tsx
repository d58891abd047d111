import { ActionIcon, Button } from '@mantine/core';
import type { Spec } from '../../engine/spec.ts';
import { summaryOf } from '../ui/capability.tsx';
import { Icon } from '../ui/icon.tsx';
import { isAll, meaningOf, startsFromNothing, unprivileged, withoutAdded } from './draft.ts';

const meansOf = (word: string): string =>
  isAll(word) ? 'Every capability there is' : summaryOf(`CAP_${meaningOf(word)}`);

/** What was chosen so far, each in words; what no runtime takes as well, so that it can be left out. */
export function Chosen({ spec, change }: { readonly spec: Spec; readonly change: (spec: Spec) => void }) {
  const strange = spec.drop.filter((word) => meansOf(word) === '');
  return (
    <>
      {spec.privileged ? <Privileged spec={spec} change={change} /> : null}
      {spec.add.length === 0 && !spec.privileged ? (
        <p className="dim">
          Nothing is added
          {startsFromNothing(spec) ? ': it gets no capability at all, which is right for most programs.' : '.'}
        </p>
      ) : null}
      {spec.add.length === 0 && strange.length === 0 ? null : (
        <ul className="chosen">
          {spec.add.map((word) => (
            <Word key={word} word={word} leaveOut={() => change(withoutAdded(spec, word))} />
          ))}
          {strange.map((word) => (
            <Word
              key={`drop ${word}`}
              word={word}
              dropped
              leaveOut={() => change({ ...spec, drop: spec.drop.filter((other) => other !== word) })}
            />
          ))}
        </ul>
      )}
    </>
  );
}

function Word({
  word,
  leaveOut,
  dropped = false,
}: {
  readonly word: string;
  readonly leaveOut: () => void;
  /** Whether it stands in the drop list. */
  readonly dropped?: boolean;
}) {
  return (
    <li>
      <code>{meaningOf(word)}</code>
      <span>
        {dropped ? 'To be dropped: ' : null}
        {meansOf(word) || 'no capability has this name'}
      </span>
      <ActionIcon variant="subtle" color="red" aria-label={`Leave out ${meaningOf(word)}`} onClick={leaveOut}>
        <Icon name="cross" size={16} />
      </ActionIcon>
    </li>
  );
}

function Privileged({ spec, change }: { readonly spec: Spec; readonly change: (spec: Spec) => void }) {
  return (
    <div className="row">
      <p>Everything, since it is privileged.</p>
      <Button
        size="compact-sm"
        variant="default"
        onClick={({ currentTarget }) => {
          // The button goes, and naming them is what comes next.
          currentTarget.closest('.card')?.querySelector<HTMLElement>('.finder input')?.focus();
          change(unprivileged(spec));
        }}
      >
        Name capabilities instead
      </Button>
    </div>
  );
}
