import { ActionIcon, Button, NativeSelect, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { issueAt } from '../api/issue-at.ts';
import type { ServiceError } from '../api/service-error.ts';
import { useTeams } from '../api/teams.ts';
import { Icon } from '../ui/icon.tsx';
import { ORG_ROLES } from './grant-words.ts';
import type { GroupRow } from './provider-draft.ts';

/** What the people of groups are here: judged anew at each sign-in. */
export function GroupRows({
  claim,
  groups,
  change,
  error,
}: {
  /** The field that says where the groups stand. */
  readonly claim: ReactNode;
  readonly groups: readonly GroupRow[];
  readonly change: (groups: readonly GroupRow[]) => void;
  readonly error: ServiceError | null;
}) {
  const teams = useTeams();
  const choices = [
    {
      group: 'In the organization',
      items: Object.entries(ORG_ROLES).map(([role, label]) => ({ value: `org ${role}`, label })),
    },
    ...teams.map(({ slug, name }) => ({
      group: `In ${name}`,
      items: [
        { value: `team MEMBER ${slug}`, label: `member of ${slug}` },
        { value: `team MAINTAINER ${slug}`, label: `maintainer of ${slug}` },
      ],
    })),
  ];
  const put = (id: number, row: Partial<GroupRow>) =>
    change(groups.map((one) => (one.id === id ? { ...one, ...row } : one)));
  const next = Math.max(-1, ...groups.map(({ id }) => id)) + 1;
  return (
    <fieldset className="stack">
      <legend>Groups of the provider</legend>
      <div className="fields">{claim}</div>
      {groups.map(({ id, group, gets }, index) => (
        <div className="beside" key={id}>
          <TextInput
            label={`Group ${index + 1}`}
            description="As the claim has it"
            required
            maxLength={255}
            spellCheck={false}
            error={issueAt(error, `groups.${index}`)}
            value={group}
            onChange={(event) => put(id, { group: event.currentTarget.value })}
          />
          <NativeSelect
            label="Its people are"
            data={choices}
            value={gets}
            onChange={(event) => put(id, { gets: event.currentTarget.value })}
          />
          <ActionIcon
            variant="subtle"
            color="red"
            size={36}
            aria-label={`Leave out group ${index + 1}`}
            onClick={() => change(groups.filter((one) => one.id !== id))}
          >
            <Icon name="cross" size={16} />
          </ActionIcon>
        </div>
      ))}
      <div>
        <Button
          size="compact-sm"
          variant="default"
          onClick={() => change([...groups, { id: next, group: '', gets: 'org APPROVER' }])}
        >
          Add a group
        </Button>
      </div>
    </fieldset>
  );
}
