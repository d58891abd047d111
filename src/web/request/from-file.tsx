import { Button, Textarea } from '@mantine/core';
import { useState } from 'react';
import type { Spec } from '../../engine/spec.ts';
import { Problem } from '../ui/notice.tsx';
import { type ReadContainer, readFile } from './read-file.ts';
import { TierOfSpec } from './tier-of-spec.tsx';

const EXAMPLE = `docker run --cap-drop ALL --cap-add NET_BIND_SERVICE caddy
…or a Compose file, a Kubernetes manifest, a Quadlet or systemd unit, a Nomad job, docker inspect`;

/** The containers of a file that is pasted, to begin with one. */
export function FromFile({ spec, use }: { readonly spec: Spec; readonly use: (spec: Spec) => void }) {
  const [text, setText] = useState('');
  const [read, setRead] = useState<{ readonly containers?: readonly ReadContainer[]; readonly error?: unknown }>({});
  const look = (content: string) => {
    setText(content);
    if (content.trim() === '') return setRead({});
    try {
      const containers = readFile(content, spec.runtime);
      setRead({ containers });
      const [only, second] = containers;
      if (only !== undefined && second === undefined) use(only.spec);
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
        {read.containers?.map(({ name, spec: found, warnings, line }) => (
          <li key={`${name} ${line}`} className="row">
            <code>{name}</code>
            <TierOfSpec spec={found} />
            <Taking isTaken={found === spec} take={() => use(found)} />
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

/** It stays where it is when it is pressed, so that whoever comes by keyboard does not lose their place. */
function Taking({ isTaken, take }: { readonly isTaken: boolean; readonly take: () => void }) {
  const taken = { 'data-disabled': true, 'aria-disabled': true, onClick: undefined };
  return (
    <Button size="compact-sm" variant="default" onClick={take} {...(isTaken ? taken : {})}>
      {isTaken ? 'Taken' : 'Take this one'}
    </Button>
  );
}
