import { Button } from '@mantine/core';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { ProfilePageData, type ProfilePageDataQuery } from '../api/operations.gen.ts';
import { useAsk } from '../api/queries.ts';
import { specOf } from '../api/spec-words.ts';
import { isOwner, readsHistoryOf, revokes, useViewer } from '../api/viewer.ts';
import { Emergencies } from '../emergencies/emergencies.tsx';
import { EmergencyBadge } from '../emergencies/emergency-badge.tsx';
import { EmergencyButton } from '../emergencies/emergency-button.tsx';
import { Past } from '../review/past.tsx';
import { Capabilities } from '../ui/capability.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { Notice, Problem } from '../ui/notice.tsx';
import { Card, Empty, Page, Waiting } from '../ui/page.tsx';
import { SpecWords } from '../ui/spec-words.tsx';
import { StandingBadge } from '../ui/standing.tsx';
import { TIER_MEANS, Tier, tierOf } from '../ui/tier.tsx';
import { When } from '../ui/when.tsx';
import { Expiry } from './expiry.tsx';
import { Exports } from './exports.tsx';
import { mayRenew } from './may-renew.ts';
import { PROFILE_TABS, type ProfileSearch } from './profiles-search.ts';
import { RevokeButton } from './revoke-button.tsx';
import { Versions } from './versions.tsx';
import './profile.css';

export type ProfileSeen = NonNullable<ProfilePageDataQuery['profile']>;

const route = getRouteApi('/profiles/$team/$name');

const TAB_NAMES = { use: 'Use it', versions: 'Versions', history: 'History' } as const;

/** A profile: what is in force, how to use it, and how it came to be. */
export function ProfilePage() {
  const { team, name } = route.useParams();
  const asked = useAsk(ProfilePageData, { team, name });
  const profile = asked.data?.profile;
  if (profile === undefined) {
    return (
      <Page title={name}>
        {asked.isError ? <Problem error={asked.error} retry={() => void asked.refetch()} /> : <Waiting lines={9} />}
      </Page>
    );
  }
  if (profile === null) {
    return (
      <Page title={name}>
        <Empty title="There is no such profile">
          <p>
            Or you may not see it. <Link to="/profiles">Look through the profiles</Link>.
          </p>
        </Empty>
      </Page>
    );
  }
  return <Known profile={profile} />;
}

function Known({ profile }: { readonly profile: ProfileSeen }) {
  const { tab = 'use' } = route.useSearch();
  const { name, team, approved, standing, pending } = profile;
  return (
    <Page
      wide
      windowTitle={`${team.slug}/${name}`}
      title={
        <>
          <span className="dim">{team.slug}/</span>
          {name}
        </>
      }
      lead={
        <span className="row">
          <StandingBadge standing={standing} />
          {profile.emergencies.some(({ usable }) => usable) ? <EmergencyBadge /> : null}
          {approved === null ? null : (
            <>
              <Tier tier={tierOf(approved.resolution.risk.tier)} score={approved.resolution.risk.score} />
              <Expiry at={approved.expiresAt} />
            </>
          )}
        </span>
      }
      actions={<Actions profile={profile} />}
    >
      <Emergencies emergencies={profile.emergencies} />
      {pending === null ? null : (
        <Notice>
          <p>
            {pending.author.login} asks for another revision, <When at={pending.createdAt} />.{' '}
            <Link to="/requests/$id" params={{ id: pending.id }}>
              Look at the request
            </Link>
          </p>
        </Notice>
      )}
      <Tabs current={tab} />
      {tab === 'use' ? <Use profile={profile} /> : null}
      {tab === 'versions' ? <Versions team={team.slug} name={name} emergencies={profile.emergencies} /> : null}
      {tab === 'history' ? <History team={team.slug} name={name} /> : null}
    </Page>
  );
}

function Tabs({ current }: { readonly current: (typeof PROFILE_TABS)[number] }) {
  const params = route.useParams();
  return (
    <nav className="tabs" aria-label="Parts of the profile">
      {PROFILE_TABS.map((tab) => (
        <Link
          key={tab}
          to="/profiles/$team/$name"
          params={params}
          search={(now: ProfileSearch) => searchOf(tab, now)}
          activeOptions={{ exact: true, includeSearch: true }}
          data-current={tab === current || undefined}
        >
          {TAB_NAMES[tab]}
        </Link>
      ))}
    </nav>
  );
}

/** The same tab keeps what it shows; another one begins anew. */
function searchOf(tab: (typeof PROFILE_TABS)[number], now: ProfileSearch): ProfileSearch {
  if ((now.tab ?? 'use') === tab) return now;
  return tab === 'use' ? {} : { tab };
}

function Actions({ profile }: { readonly profile: ProfileSeen }) {
  const viewer = useViewer();
  const navigate = useNavigate();
  const known = `${profile.team.slug}/${profile.name}`;
  const inTeam = isOwner(viewer) || viewer.teams.some(({ team }) => team.id === profile.team.id);
  const params = { team: profile.team.slug, name: profile.name };
  return (
    <>
      {mayRenew(profile, viewer) ? (
        <Button onClick={() => void navigate({ to: '/profiles/$team/$name/renew', params })}>Renew</Button>
      ) : null}
      {viewer.scopes.includes('requests:write') ? (
        <Button
          variant="default"
          onClick={() => void navigate({ to: '/request', search: inTeam ? { for: known } : { like: known } })}
        >
          {inTeam ? 'Request another revision' : 'Request one like it'}
        </Button>
      ) : null}
      {profile.approved !== null && revokes(viewer, profile.team.id) ? <RevokeButton profile={profile} /> : null}
      <EmergencyButton team={profile.team.slug} name={profile.name} />
    </>
  );
}

function Use({ profile }: { readonly profile: ProfileSeen }) {
  const { approved, lastApproved, standing, team, name } = profile;
  if (approved === null) {
    return (
      <Empty title={NOT_USABLE[standing] ?? 'Nothing is in force'}>
        {lastApproved === null ? null : <Ended last={lastApproved} />}
        <p>Deploy tooling gets nothing until a revision is approved.</p>
      </Empty>
    );
  }
  const { risk, bounding, effective, ceilingOnly } = approved.resolution;
  return (
    <div className="profile">
      <Exports team={team.slug} name={name} runtime={specOf(approved.spec).runtime} />
      <div className="stack">
        <Card title="What it gives">
          <div className="stack">
            <p>{TIER_MEANS[tierOf(risk.tier)]}.</p>
            <Sets title="In effect at once" names={effective} />
            {ceilingOnly.length === 0 ? null : (
              <Sets title="Reached only by set-user-id programs or file capabilities" names={ceilingOnly} />
            )}
            {bounding.length === 0 ? <p className="dim">No program in it ever gets a capability.</p> : null}
          </div>
        </Card>
        <Card title="As it was asked for">
          <div className="stack">
            <SpecWords spec={specOf(approved.spec)} />
            <p className="digest dim">
              <span>
                Revision {approved.number}, by {approved.author.login}
                {approved.approvedAt === null ? null : (
                  <>
                    , in force <When at={approved.approvedAt} />
                  </>
                )}
                <br />
                <code>{approved.digest}</code>
              </span>
              <CopyButton small what="the digest" text={approved.digest} />
            </p>
          </div>
        </Card>
      </div>
    </div>
  );
}

/** How what was approved last came to its end. */
function Ended({ last }: { readonly last: NonNullable<ProfileSeen['lastApproved']> }) {
  const { number, expiresAt, revokedAt, revokedBy, revocationReason } = last;
  if (revokedAt !== null) {
    return (
      <>
        <p>
          {revokedBy} took revision {number} back <When at={revokedAt} />:
        </p>
        <p className="prose">{revocationReason}</p>
      </>
    );
  }
  if (expiresAt === null) return null;
  return (
    <p>
      The approval of revision {number} ended <When at={expiresAt} />.
    </p>
  );
}

const NOT_USABLE: Partial<Record<ProfileSeen['standing'], string>> = {
  NOT_APPROVED: 'Nothing has been approved yet',
  EXPIRED: 'The approval has run out',
  REVOKED: 'The approval was taken back',
};

function Sets({ title, names }: { readonly title: ReactNode; readonly names: readonly string[] }) {
  return (
    <div>
      <h3 className="small-title dim">{title}</h3>
      <Capabilities names={names} />
    </div>
  );
}

function History({ team, name }: { readonly team: string; readonly name: string }) {
  const viewer = useViewer();
  if (!readsHistoryOf(viewer, team)) {
    return (
      <Empty title="You may not read its history">
        <p>
          {viewer.scopes.includes('audit:read')
            ? `It is for those who work for the team ${team}, and for approvers, auditors and owners.`
            : 'It takes the scope audit:read, which the token that you have signed in with does not have.'}
        </p>
      </Empty>
    );
  }
  return (
    <div className="stack">
      <Past team={team} profile={name} />
      <p>
        <Link to="/history" search={{ team, profile: name }}>
          The whole history of this profile
        </Link>
      </p>
    </div>
  );
}
