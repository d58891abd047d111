import { Button, TextInput } from '@mantine/core';
import { useDeferredValue, useState } from 'react';
import type { Spec } from '../../engine/spec.ts';
import { ProfilesToStartFrom } from '../api/operations.gen.ts';
import { useAsk } from '../api/queries.ts';
import { specOf } from '../api/spec-words.ts';
import { Problem } from '../ui/notice.tsx';
import { TierOfSpec } from './tier-of-spec.tsx';

/** Profiles in force, to begin with the words of one. */
export function FromOther({ use }: { readonly use: (spec: Spec) => void }) {
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
            <TierOfSpec spec={spec} />
            <Button size="compact-sm" variant="default" onClick={() => use(spec)}>
              Take its words
            </Button>
          </li>
        ))}
      </ul>
    </div>
  );
}
