import { Button, NativeSelect, TextInput } from '@mantine/core';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { CAPABILITIES } from '../../engine/capability.ts';
import { RISK_TIERS } from '../../engine/risk-tier.ts';
import { useRows } from '../api/queries.ts';
import { useTeams } from '../api/teams.ts';
import { shortName } from '../ui/capability.tsx';
import { Icon } from '../ui/icon.tsx';
import { News } from '../ui/news.tsx';
import { Problem } from '../ui/notice.tsx';
import { Empty, Page, Waiting } from '../ui/page.tsx';
import { ProfileRows } from './profile-rows.tsx';
import { profilesLike } from './profiles-asks.ts';
import { ENDS, type ProfilesSearch, readProfilesSearch } from './profiles-search.ts';
import './profiles.css';

const route = getRouteApi('/profiles');

/** Every profile, found by name, team and tier; the address holds what was looked for. */
export function ProfilesPage() {
  const search = route.useSearch();
  const pages = useRows(...profilesLike(search));
  const isFiltered = Object.keys(search).length > 0;
  return (
    <Page title="Profiles" lead="What containers may do, by team. Deploy tooling takes only what is in force.">
      <Filters search={search} />
      <News of={pages} />
      {pages.rows === undefined && pages.error === null ? <Waiting /> : null}
      {pages.rows?.length === 0 ? (
        <Empty title={isFiltered ? 'No profile is like that' : 'There are no profiles yet'}>
          <p>
            {isFiltered ? 'Change the filters, or ' : 'Somebody has to ask for the first one: '}
            <Link to="/request">request a profile</Link>.
          </p>
        </Empty>
      ) : null}
      {pages.rows === undefined || pages.rows.length === 0 ? null : <ProfileRows rows={pages.rows} />}
      {pages.error === null ? null : <Problem error={pages.error} retry={pages.retry} />}
      {pages.more && pages.error === null ? (
        <Button variant="default" loading={pages.loadingMore} onClick={pages.loadMore}>
          Show more
        </Button>
      ) : null}
    </Page>
  );
}

function Filters({ search }: { readonly search: ProfilesSearch }) {
  const navigate = useNavigate();
  const teams = useTeams();
  const go = (changed: { readonly [Key in keyof ProfilesSearch]?: ProfilesSearch[Key] | '' }) => {
    const next = Object.fromEntries(Object.entries({ ...search, ...changed }).filter(([, value]) => value !== ''));
    void navigate({ to: '/profiles', search: readProfilesSearch(next), replace: true });
  };
  return (
    <search className="row filters">
      <SearchBox value={search.q ?? ''} change={(q) => go({ q })} />
      <NativeSelect
        aria-label="Team"
        data={[{ value: '', label: 'Every team' }, ...teams.map(({ slug, name }) => ({ value: slug, label: name }))]}
        value={search.team ?? ''}
        onChange={(event) => go({ team: event.currentTarget.value })}
      />
      <NativeSelect
        aria-label="Tier"
        data={[{ value: '', label: 'Every tier' }, ...RISK_TIERS.map((tier) => ({ value: tier, label: tier }))]}
        value={search.tier ?? ''}
        onChange={(event) => go({ tier: RISK_TIERS.find((tier) => tier === event.currentTarget.value) ?? '' })}
      />
      <NativeSelect
        aria-label="Capability"
        data={[
          { value: '', label: 'Any capability' },
          ...CAPABILITIES.map(({ name }) => shortName(name))
            .toSorted()
            .map((name) => ({ value: name, label: name })),
        ]}
        value={search.grants ?? ''}
        onChange={(event) => go({ grants: event.currentTarget.value })}
      />
      <NativeSelect
        aria-label="End"
        data={[
          { value: '', label: 'Whenever it ends' },
          ...ENDS.map((days) => ({ value: `${days}`, label: `Ends within ${days} days` })),
        ]}
        value={`${search.ends ?? ''}`}
        onChange={(event) => go({ ends: event.currentTarget.value === '' ? '' : Number(event.currentTarget.value) })}
      />
    </search>
  );
}

/** What is typed goes into the address once the typing stops. */
function SearchBox({ value, change }: { readonly value: string; readonly change: (text: string) => void }) {
  const [text, setText] = useState(value);
  const [told, setTold] = useState(value);
  if (told !== value) {
    setTold(value);
    setText(value);
  }
  useEffect(() => {
    if (text === value) return;
    const timer = setTimeout(() => change(text), 250);
    return () => clearTimeout(timer);
  });
  return (
    <TextInput
      className="search-box"
      type="search"
      aria-label="Name or team"
      placeholder="Name or team"
      leftSection={<Icon name="search" size={16} />}
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
    />
  );
}
