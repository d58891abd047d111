import { Button, SegmentedControl, Textarea, TextInput } from '@mantine/core';
import { useDeferredValue, useState } from 'react';
import { resolve } from '../../engine/resolve.ts';
import { scoreRisk } from '../../engine/risk.ts';
import type { RuntimeId } from '../../engine/runtime.ts';
import type { Spec } from '../../engine/spec.ts';
import { ProfilesToStartFrom } from '../api/operations.gen.ts';
import { useAsk } from '../api/queries.ts';
import { specOf } from '../api/spec-words.ts';
import { Problem } from '../ui/notice.tsx';
import { Tier } from '../ui/tier.tsx';
import { PRESETS, presetSpec } from './presets.ts';
import type { ReadContainer } from './read-file.ts';

interface Taken {
  readonly spec: Spec;
}

type Way = 'preset' | 'file' | 'profile' | 'none';

const WAYS = [
  { value: 'none', label: 'From nothing' },
  { value: 'preset', label: 'A known kind' },
  { value: 'file', label: 'A file you have' },
  { value: 'profile', label: 'Another profile' },
];

/** Where the words come from, for those who do not write them by themselves. */
export function FirstSteps({ runtime, use }: { readonly runtime: RuntimeId; readonly use: (taken: Taken) => void }) {
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
      {way === 'preset' ? <Presets runtime={runtime} use={use} /> : null}
      {way === 'file' ? <FromFile runtime={runtime} use={use} /> : null}
      {way === 'profile' ? <FromOther use={use} /> : null}
    </div>
  );
}

function tierOfSpec(spec: Spec) {
  const outcome = resolve(spec);
  return outcome.ok ? scoreRisk(outcome.resolution.sets.bounding, spec.privileged).tier : 'none';
}

function Presets({ runtime, use }: { readonly runtime: RuntimeId; readonly use: (taken: Taken) => void }) {
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
                use({ spec });
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

const EXAMPLE = `docker run --cap-drop ALL --cap-add NET_BIND_SERVICE caddy
…or a Compose file, a Kubernetes manifest, a Quadlet or systemd unit, a Nomad job, docker inspect`;

function FromFile({ runtime, use }: { readonly runtime: RuntimeId; readonly use: (taken: Taken) => void }) {
  const [text, setText] = useState('');
  const [read, setRead] = useState<{ readonly containers?: readonly ReadContainer[]; readonly error?: unknown }>({});
  const look = (content: string) => {
    setText(content);
    if (content.trim() === '') setRead({});
    else void readIt(content);
  };
  const readIt = async (content: string) => {
    try {
      // The readers are fetched when somebody pastes something: few do.
      const { readFile } = await import('./read-file.ts');
      const containers = readFile(content, runtime);
      setRead({ containers });
      const [only, second] = containers;
      if (only !== undefined && second === undefined) use({ spec: only.spec });
    } catch (error) {
      setRead({ error });
    }
  };
  return (
    <div className="stack">
      <Textarea
        label="Paste it here"
        description="It is read in this browser and goes nowhere"
        placeholder={EXAMPLE}
        autosize
        minRows={4}
        maxRows={14}
        spellCheck={false}
        classNames={{ input: 'mono' }}
        value={text}
        onChange={(event) => look(event.currentTarget.value)}
      />
      {read.error === undefined ? null : <Problem error={read.error} />}
      {read.containers?.length === 0 ? <p className="dim">No container is described in it.</p> : null}
      <ul className="plain-list found-containers">
        {read.containers?.map(({ name, spec, warnings, line }) => (
          <li key={`${name} ${line}`} className="row">
            <code>{name}</code>
            <Tier tier={tierOfSpec(spec)} />
            <Button size="compact-sm" variant="default" onClick={() => use({ spec })}>
              Take this one
            </Button>
            {warnings.map((message) => (
              <span key={message} className="dim">
                {message}
              </span>
            ))}
          </li>
        ))}
      </ul>
    </div>
  );
}

function FromOther({ use }: { readonly use: (taken: Taken) => void }) {
  const [text, setText] = useState('');
  const search = useDeferredValue(text);
  const asked = useAsk(ProfilesToStartFrom, { search: search === '' ? null : search }, { keep: true });
  const found = asked.data?.profiles.nodes.flatMap(({ id, name, team, approved }) =>
    approved === null ? [] : [{ id, name, team: team.slug, spec: specOf(approved.spec) }],
  );
  return (
    <div className="stack">
      <TextInput label="Name or team" value={text} onChange={(event) => setText(event.currentTarget.value)} />
      {asked.isError ? <Problem error={asked.error} /> : null}
      {found?.length === 0 ? <p className="dim">No profile in force has that in its name.</p> : null}
      <ul className="plain-list found-containers">
        {found?.map(({ id, name, team, spec }) => (
          <li key={id} className="row">
            <code>
              {team}/{name}
            </code>
            <Tier tier={tierOfSpec(spec)} />
            <Button size="compact-sm" variant="default" onClick={() => use({ spec })}>
              Take its words
            </Button>
          </li>
        ))}
      </ul>
    </div>
  );
}
