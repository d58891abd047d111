import { NativeSelect, SegmentedControl, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useTeams } from '../api/teams.ts';
import { seesWholeHistory, useViewer } from '../api/viewer.ts';
import { ACTIONS } from './event-words.ts';
import { type HistorySearch, readHistorySearch } from './history-search.ts';

/** What of the history is shown; the address holds it. */
export function HistoryFilters({
  search,
  team,
}: {
  readonly search: HistorySearch;
  readonly team: string | undefined;
}) {
  const navigate = useNavigate();
  const viewer = useViewer();
  const all = useTeams();
  const teams = viewer.member.orgRole === 'MEMBER' ? viewer.teams.map((one) => one.team) : all;
  const go = (changed: { readonly [Key in keyof HistorySearch]?: HistorySearch[Key] | '' }) => {
    const next = Object.fromEntries(Object.entries({ ...search, ...changed }).filter(([, value]) => value !== ''));
    void navigate({ to: '/history', search: readHistorySearch(next), replace: true });
  };
  return (
    <search className="row filters">
      <NativeSelect
        aria-label="Team"
        data={[
          ...(seesWholeHistory(viewer) ? [{ value: '', label: 'Every team' }] : []),
          ...teams.map(({ slug, name }) => ({ value: slug, label: name })),
        ]}
        value={team ?? ''}
        onChange={(event) => go({ team: event.currentTarget.value, profile: '' })}
      />
      {team === undefined ? null : (
        <Typed label="Profile" value={search.profile ?? ''} change={(profile) => go({ profile, team })} />
      )}
      <NativeSelect
        aria-label="What happened"
        data={[{ value: '', label: 'Everything' }, ...ACTIONS]}
        value={search.action ?? ''}
        onChange={(event) => go({ action: event.currentTarget.value })}
      />
      <Typed label="Person" value={search.person ?? ''} change={(person) => go({ person })} />
      <SegmentedControl
        aria-label="How it is shown"
        value={search.view ?? 'timeline'}
        onChange={(view) => go({ view: view === 'table' ? 'table' : '' })}
        data={[
          { value: 'timeline', label: 'Timeline' },
          { value: 'table', label: 'Table' },
        ]}
        transitionDuration={0}
      />
    </search>
  );
}

/** A whole name, taken over once the typing stops. */
function Typed({
  label,
  value,
  change,
}: {
  readonly label: string;
  readonly value: string;
  readonly change: (text: string) => void;
}) {
  const [text, setText] = useState(value);
  const [told, setTold] = useState(value);
  if (told !== value) {
    setTold(value);
    setText(value);
  }
  useEffect(() => {
    if (text.trim() === value) return;
    const timer = setTimeout(() => change(text.trim()), 400);
    return () => clearTimeout(timer);
  });
  return (
    <TextInput
      aria-label={label}
      placeholder={label}
      spellCheck={false}
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
    />
  );
}
