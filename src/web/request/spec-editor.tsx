import { NativeSelect, SegmentedControl, Switch, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Refusal } from '../../engine/resolution.ts';
import type { RuntimeId } from '../../engine/runtime.ts';
import { RUNTIMES } from '../../engine/runtime-facts.ts';
import type { Spec } from '../../engine/spec.ts';
import { Notice } from '../ui/notice.tsx';
import { Chosen } from './chosen.tsx';
import { sameWords, startFrom, startsFromNothing, unprivileged, withAdded, wordsOf } from './draft.ts';
import { type Add, Finder } from './finder.tsx';

/** The words of the request, for people who look for what a program does rather than for names of capabilities. */
export function SpecEditor({
  spec,
  change,
  add = (names) => change(withAdded(spec, names)),
  refusal,
}: {
  readonly spec: Spec;
  readonly change: (spec: Spec) => void;
  readonly add?: Add;
  readonly refusal: Refusal | undefined;
}) {
  return (
    <div className="stack">
      <div data-missing={refusal === undefined ? undefined : true}>
        <Finder spec={spec} add={add} />
      </div>
      <Chosen spec={spec} change={change} />
      {refusal === undefined ? null : <Refused refusal={refusal} />}
      <fieldset>
        <legend>And besides</legend>
        <SegmentedControl
          value={startsFromNothing(spec) ? 'nothing' : 'defaults'}
          onChange={(value) => change(startFrom(spec, value))}
          data={[
            { value: 'nothing', label: 'Nothing else (recommended)' },
            { value: 'defaults', label: 'What the runtime gives by itself' },
          ]}
          transitionDuration={0}
          disabled={spec.privileged}
        />
      </fieldset>
      <More spec={spec} change={change} />
    </div>
  );
}

/** Why the runtime would not take them, each reason once. */
function Refused({ refusal }: { readonly refusal: Refusal }) {
  const further = refusal.issues.filter(({ message }) => !refusal.message.includes(message));
  return (
    <Notice kind="bad" live title={refusal.message}>
      {further.length === 0 ? null : (
        <ul>
          {further.map(({ path, message }) => (
            <li key={path}>{message}</li>
          ))}
        </ul>
      )}
    </Notice>
  );
}

/** What most people leave as it is. */
function More({ spec, change }: { readonly spec: Spec; readonly change: (spec: Spec) => void }) {
  return (
    <details className="more">
      <summary>Runtime, user and more</summary>
      <div className="stack">
        <div className="fields">
          <NativeSelect
            label="What starts the container"
            description="The same words mean different things elsewhere"
            data={RUNTIMES.map(({ id, title }) => ({ value: id, label: title }))}
            value={spec.runtime}
            onChange={(event) => change({ ...spec, runtime: event.currentTarget.value as RuntimeId })}
          />
          <TextInput
            label="User"
            description="user or user:group; empty for root"
            placeholder="1000:1000"
            spellCheck={false}
            value={spec.user ?? ''}
            onChange={(event) => {
              const user = event.currentTarget.value.trim();
              change({ ...spec, user: user === '' ? undefined : user });
            }}
          />
        </div>
        <Dropped drop={spec.drop} change={(drop) => change({ ...spec, drop })} />
        <Switch
          label="No new privileges"
          description="Set-user-id programs and file capabilities give nothing"
          checked={spec.noNewPrivileges}
          onChange={(event) => change({ ...spec, noNewPrivileges: event.currentTarget.checked })}
        />
        <Switch
          label="Privileged"
          description="Everything, devices of the host included. Most policies refuse this"
          color="red"
          checked={spec.privileged}
          onChange={(event) => {
            const privileged = event.currentTarget.checked;
            change(privileged ? { ...spec, privileged, add: [], drop: [] } : unprivileged(spec));
          }}
        />
      </div>
    </details>
  );
}

/** The drop list as it is being typed: what the words are counts at once, how they are spaced stays as it is. */
function Dropped({
  drop,
  change,
}: {
  readonly drop: readonly string[];
  readonly change: (drop: readonly string[]) => void;
}) {
  const [text, setText] = useState(drop.join(' '));
  // Something else changed them.
  if (!sameWords(wordsOf(text), drop)) setText(drop.join(' '));
  return (
    <TextInput
      label="Dropped capabilities"
      description="Words for the drop list; ALL stands for all of them"
      spellCheck={false}
      classNames={{ input: 'mono' }}
      value={text}
      onChange={(event) => {
        setText(event.currentTarget.value);
        change(wordsOf(event.currentTarget.value));
      }}
    />
  );
}
