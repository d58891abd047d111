import { Button } from '@mantine/core';
import { useRef } from 'react';
import type { Spec } from '../../engine/spec.ts';
import { isEmpty } from './draft.ts';

/** Says that the words were replaced, and gives back those from before. */
export function TakeBack({
  spec,
  before,
  take,
}: {
  readonly spec: Spec;
  readonly before: Spec;
  readonly take: () => void;
}) {
  const box = useRef<HTMLDivElement>(null);
  const isBack = spec === before;
  return (
    <div className="row take-back" role="status" tabIndex={-1} ref={box}>
      <span className="dim">
        {isBack
          ? 'What was there is back.'
          : isEmpty(spec)
            ? 'It begins from nothing: what was chosen is out.'
            : 'This took the place of what was chosen.'}
      </span>
      {isBack ? null : (
        <Button
          size="compact-sm"
          variant="default"
          onClick={() => {
            box.current?.focus();
            take();
          }}
        >
          Take back what was there
        </Button>
      )}
    </div>
  );
}
