import { NativeSelect, TextInput } from '@mantine/core';
import { useTeams } from '../api/teams.ts';
import { isOwner, useViewer } from '../api/viewer.ts';
import type { Draft } from './draft.ts';
import type { Missing } from './missing.ts';

/** The team, and the name of the profile in it. */
export function NameFields({
  draft,
  change,
  missing,
}: {
  readonly draft: Draft;
  readonly change: (draft: Draft) => void;
  readonly missing: Missing;
}) {
  const viewer = useViewer();
  const all = useTeams({ enabled: isOwner(viewer) });
  const teams = isOwner(viewer) ? all : viewer.teams.map(({ team }) => team);
  const options = [{ value: '', label: 'Choose…' }, ...teams.map(({ slug, name }) => ({ value: slug, label: name }))];
  return (
    <div className="fields">
      <NativeSelect
        label="Team"
        description="Whose container it is"
        required
        error={missing.team}
        data={options}
        value={draft.team}
        onChange={(event) => change({ ...draft, team: event.currentTarget.value })}
        wrapperProps={{ 'data-missing': missing.team === undefined ? undefined : true }}
      />
      <TextInput
        label="Name of the profile"
        description="Deploy tooling asks for it by this name"
        placeholder="edge-proxy"
        required
        spellCheck={false}
        autoCapitalize="off"
        autoComplete="off"
        error={missing.name}
        value={draft.name}
        onChange={(event) => change({ ...draft, name: event.currentTarget.value })}
        wrapperProps={{ 'data-missing': missing.name === undefined ? undefined : true }}
      />
    </div>
  );
}
