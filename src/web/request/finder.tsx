import { type KeyboardEvent, useId, useMemo, useState } from 'react';
import { fromNames } from '../../engine/cap-set.ts';
import { scoreRisk } from '../../engine/risk.ts';
import type { Spec } from '../../engine/spec.ts';
import { shortName } from '../ui/capability.tsx';
import { Icon } from '../ui/icon.tsx';
import { Tier } from '../ui/tier.tsx';
import { meaningOf } from './draft.ts';
import { type Found, find } from './find.ts';
import { needsNothing } from './needs-nothing.ts';

/** The way that costs least, where there are several. */
function leastOf(ways: readonly (readonly string[])[]): readonly string[] {
  const risk = (names: readonly string[]) => scoreRisk(fromNames(names), false).micro;
  return ways.reduce((best, way) => (risk(way) < risk(best) ? way : best), ways[0] ?? []);
}

interface Choice {
  readonly id: string;
  readonly title: string;
  readonly detail: string;
  readonly names: readonly string[];
  readonly operation?: string;
}

function choiceOf(found: Found): Choice {
  if (found.kind === 'capability') {
    const { name, summary } = found.capability;
    return { id: name, title: shortName(name), detail: summary, names: [name] };
  }
  const names = leastOf(found.ways);
  const detail = `takes ${names.map(shortName).join(' and ')}`;
  return { id: found.id, title: found.operation.title, detail, names, operation: found.id };
}

/** Adds capabilities, for an operation where one was looked for. */
export type Add = (names: readonly string[], operation: string | undefined) => void;

/** Finds what a program has to do, by words, a capability's name, or its number. */
export function Finder({ spec, add }: { readonly spec: Spec; readonly add: Add }) {
  const id = useId();
  const [text, setText] = useState('');
  const choices = useMemo(() => find(text).map(choiceOf), [text]);
  const plain = needsNothing(text);
  // Nothing is marked, and taken with Enter, where it most likely needs nothing.
  const first = plain === undefined ? 0 : -1;
  const [marked, setAt] = useState<number>();
  const at = marked ?? first;
  const has = (names: readonly string[]) => {
    const added = new Set(spec.add.map(meaningOf));
    return names.every((name) => added.has(meaningOf(name)));
  };
  const take = (choice: Choice | undefined) => {
    if (choice === undefined) return;
    add(choice.names, choice.operation);
    setText('');
    setAt(undefined);
  };
  const onKey = (event: KeyboardEvent) => {
    const moves: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 };
    const move = moves[event.key];
    if (move !== undefined && choices.length > 0) {
      event.preventDefault();
      setAt(at < 0 && move < 0 ? choices.length - 1 : (at + move + choices.length) % choices.length);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      take(choices[at]);
    } else if (event.key === 'Escape') setText('');
  };
  const open = text.trim() !== '';
  return (
    <div className="finder">
      <label htmlFor={id}>Look for what it does</label>
      <div className="finder-box">
        <Icon name="search" />
        <input
          id={id}
          role="combobox"
          aria-expanded={open}
          aria-controls={`${id}-list`}
          aria-autocomplete="list"
          aria-activedescendant={open && at >= 0 && choices.length > 0 ? `${id}-${at}` : undefined}
          placeholder="port 80, ping, mount, set the clock, NET_ADMIN, 21 …"
          autoComplete="off"
          spellCheck={false}
          value={text}
          onChange={(event) => {
            setText(event.currentTarget.value);
            setAt(undefined);
          }}
          onKeyDown={onKey}
        />
      </div>
      {plain === undefined ? null : (
        <p className="finder-plain" role="status">
          <Icon name="check" size={16} />
          {plain}
        </p>
      )}
      <ul id={`${id}-list`} role="listbox" aria-label="What it may be" hidden={!open || choices.length === 0}>
        {choices.map((choice, index) => (
          <li
            key={choice.id}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === at}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => take(choice)}
            onMouseMove={() => setAt(index)}
          >
            <span className="finder-words">
              <span className={choice.id.startsWith('CAP_') ? 'mono' : undefined}>{choice.title}</span>
              <span className="dim">{choice.detail}</span>
            </span>
            {has(choice.names) ? (
              <span className="dim">chosen</span>
            ) : (
              <Tier tier={scoreRisk(fromNames(choice.names), false).tier} />
            )}
          </li>
        ))}
      </ul>
      {open && choices.length === 0 && plain === undefined ? (
        <p className="dim" role="status">
          Nothing is known by these words. It may need no capability: most things do not.
        </p>
      ) : null}
    </div>
  );
}
