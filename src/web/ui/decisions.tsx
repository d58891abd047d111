import { SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { shortName, summaryOf } from './capability.tsx';
import { Icon } from './icon.tsx';
import './decisions.css';

export interface ShownDecision {
  readonly capability: string;
  readonly included: boolean;
  readonly because: string;
}

/** All 41 capabilities, each with why it is in or not. */
export function Decisions({ decisions }: { readonly decisions: readonly ShownDecision[] }) {
  const [which, setWhich] = useState('in');
  const included = decisions.filter((decision) => decision.included);
  const shown = which === 'in' ? included : decisions;
  return (
    <div className="stack">
      <SegmentedControl
        size="xs"
        value={which}
        onChange={setWhich}
        aria-label="Which capabilities"
        data={[
          { value: 'in', label: `In it (${included.length})` },
          { value: 'all', label: `All ${decisions.length}` },
        ]}
        transitionDuration={0}
      />
      {shown.length === 0 ? <p className="dim">None is in it.</p> : null}
      <ul className="decisions">
        {shown.map(({ capability, included: isIn, because }) => (
          <li key={capability} data-in={isIn || undefined}>
            <Icon name={isIn ? 'check' : 'cross'} size={14} />
            <span className="off-screen">{isIn ? 'In: ' : 'Not in: '}</span>
            <code title={summaryOf(capability)}>{shortName(capability)}</code>
            <span>{because}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
