import { getRouteApi } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { ProfileForRequest, RequestToAmend } from '../api/operations.gen.ts';
import { useAsk } from '../api/queries.ts';
import { specOf } from '../api/spec-words.ts';
import { useHasNoTeam } from '../api/teams.ts';
import { useViewer } from '../api/viewer.ts';
import { Problem } from '../ui/notice.tsx';
import { Empty, Page, Waiting } from '../ui/page.tsx';
import { EMPTY_DRAFT } from './draft.ts';
import { NoTeam } from './no-team.tsx';
import { RequestForm } from './request-form.tsx';
import type { RequestSearch } from './request-search.ts';

const route = getRouteApi('/request');

const AnewOfKind = lazy(async () => ({ default: (await import('./anew-of-kind.tsx')).AnewOfKind }));

/** Asks for a profile: anew, another revision of one, or a change of a request that is pending. */
export function RequestPage() {
  const search = route.useSearch();
  const { scopes, member } = useViewer();
  if (!scopes.includes('requests:write')) {
    return (
      <Page title="Request a profile">
        <Empty title="You cannot request profiles">
          <p>
            {member.orgRole === 'AUDITOR'
              ? 'Your role reads and reviews. Somebody who works in the team asks; you look at it.'
              : 'Your role asks, but this token lacks the scope requests:write.'}
          </p>
        </Empty>
      </Page>
    );
  }
  if (search.amend !== undefined) return <Amend id={search.amend} />;
  const known = search.for ?? search.like;
  if (known !== undefined) return <FromProfile known={known} search={search} />;
  return <Anew search={search} />;
}

function Anew({ search }: { readonly search: RequestSearch }) {
  const { teams } = useViewer();
  const hasNoTeam = useHasNoTeam();
  if (hasNoTeam) return <NoTeam />;
  const team = search.team ?? (teams.length === 1 ? (teams[0]?.team.slug ?? '') : '');
  if (search.preset === undefined) {
    return <RequestForm key="new" kind={{ of: 'new' }} initial={{ ...EMPTY_DRAFT, team }} />;
  }
  return (
    <Suspense fallback={<Loading />}>
      <AnewOfKind preset={search.preset} team={team} />
    </Suspense>
  );
}

function FromProfile({ known, search }: { readonly known: string; readonly search: RequestSearch }) {
  const [team = '', name = ''] = known.split('/');
  const { teams } = useViewer();
  const asked = useAsk(ProfileForRequest, { team, name });
  if (asked.isError && asked.data === undefined) return <Unreadable error={asked.error} />;
  if (asked.data === undefined) return <Loading />;
  const profile = asked.data.profile;
  if (profile === null) return <Gone />;
  const words = profile.approved?.spec;
  const spec = words === undefined ? EMPTY_DRAFT.spec : specOf(words);
  if (search.for === undefined) {
    const own = teams.some((mine) => mine.team.slug === team) ? team : (teams[0]?.team.slug ?? '');
    return <RequestForm key={known} kind={{ of: 'new' }} initial={{ ...EMPTY_DRAFT, team: own, spec }} />;
  }
  return (
    <RequestForm
      key={known}
      kind={{ of: 'revision', team, name, pending: profile.pending?.id }}
      initial={{ ...EMPTY_DRAFT, team, name, spec }}
    />
  );
}

function Amend({ id }: { readonly id: string }) {
  const asked = useAsk(RequestToAmend, { id });
  if (asked.isError && asked.data === undefined) return <Unreadable error={asked.error} />;
  if (asked.data === undefined) return <Loading />;
  const request = asked.data.changeRequest;
  if (request === null || request.state !== 'PENDING') return <Gone />;
  const { profile, justification, expiresInDays, revision, capabilityReasons } = request;
  const days = expiresInDays === null ? '' : String(expiresInDays);
  return (
    <RequestForm
      key={id}
      kind={{ of: 'amendment', id, team: profile.team.slug, name: profile.name }}
      initial={{
        team: profile.team.slug,
        name: profile.name,
        justification,
        days,
        ticket: request.ticket ?? '',
        reasons: Object.fromEntries(capabilityReasons.map(({ capability, reason }) => [capability, reason])),
        spec: specOf(revision.spec),
      }}
    />
  );
}

function Loading() {
  return (
    <Page title="Request a profile">
      <Waiting />
    </Page>
  );
}

function Unreadable({ error }: { readonly error: unknown }) {
  return (
    <Page title="Request a profile">
      <Problem error={error} />
    </Page>
  );
}

function Gone() {
  return (
    <Page title="Request a profile">
      <Empty title="What this would start from is not there">
        <p>It may have been decided or removed meanwhile, or your teams do not reach it.</p>
      </Empty>
    </Page>
  );
}
