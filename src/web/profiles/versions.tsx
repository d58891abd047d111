import { Button, NativeSelect } from '@mantine/core';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { Revisions, type RevisionsQuery } from '../api/operations.gen.ts';
import { useRows } from '../api/queries.ts';
import { specOf } from '../api/spec-words.ts';
import { EmergencyBadge } from '../emergencies/emergency-badge.tsx';
import { deltaOf, previewOf } from '../request/preview.ts';
import { Capabilities } from '../ui/capability.tsx';
import { Problem } from '../ui/notice.tsx';
import { Operations } from '../ui/operations.tsx';
import { Card, Waiting } from '../ui/page.tsx';
import { SpecWords } from '../ui/spec-words.tsx';
import { StandingBadge } from '../ui/standing.tsx';
import { Tier, tierOf } from '../ui/tier.tsx';
import { When } from '../ui/when.tsx';
import type { ProfileSeen } from './profile-page.tsx';

const route = getRouteApi('/profiles/$team/$name');

type Revision = NonNullable<RevisionsQuery['profile']>['revisions']['nodes'][number];

/** Every revision, and what changed between any two. */
export function Versions({
  team,
  name,
  emergencies,
}: {
  readonly team: string;
  readonly name: string;
  readonly emergencies: ProfileSeen['emergencies'];
}) {
  const handedOut = new Set(emergencies.filter(({ usable }) => usable).map(({ revision }) => revision.number));
  const { from, to } = route.useSearch();
  const pages = useRows(Revisions, { team, name }, ({ profile }) => profile?.revisions);
  const { rows } = pages;
  if (rows === undefined)
    return pages.error === null ? <Waiting /> : <Problem error={pages.error} retry={pages.retry} />;
  const newer = rows.find(({ number }) => number === to) ?? rows[0];
  const older = rows.find(({ number }) => number === from) ?? rows[1] ?? newer;
  return (
    <div className="stack">
      {newer === undefined || older === undefined || rows.length < 2 ? null : (
        <Difference rows={rows} older={older} newer={newer} />
      )}
      <ol className="versions">
        {rows.map((revision) => (
          <Version key={revision.number} revision={revision} emergency={handedOut.has(revision.number)} />
        ))}
      </ol>
      {pages.more ? (
        <Button variant="default" loading={pages.loadingMore} onClick={pages.loadMore}>
          Show more
        </Button>
      ) : null}
    </div>
  );
}

function Version({
  revision,
  emergency,
}: {
  readonly revision: Revision;
  /** Whether somebody has it without reviews. */
  readonly emergency: boolean;
}) {
  const { number, standing, author, createdAt, approvedAt, revokedAt, resolution, spec } = revision;
  return (
    <li className="card">
      <div className="row version-head">
        <h2>Revision {number}</h2>
        {emergency ? <EmergencyBadge /> : <StandingBadge standing={standing} />}
        <Tier tier={tierOf(resolution.risk.tier)} score={resolution.risk.score} />
        <span className="dim small">
          by {author.login} <When at={createdAt} />
          {approvedAt === null ? null : (
            <>
              , approved <When at={approvedAt} />
            </>
          )}
          {revokedAt === null ? null : (
            <>
              , taken back <When at={revokedAt} />
            </>
          )}
        </span>
      </div>
      <SpecWords spec={specOf(spec)} />
    </li>
  );
}

function Difference({
  rows,
  older,
  newer,
}: {
  readonly rows: readonly Revision[];
  readonly older: Revision;
  readonly newer: Revision;
}) {
  const params = route.useParams();
  const navigate = useNavigate();
  const options = rows.map(({ number }) => ({ value: String(number), label: `Revision ${number}` }));
  const go = (from: number, to: number) =>
    void navigate({ to: '/profiles/$team/$name', params, search: { tab: 'versions', from, to }, replace: true });
  const delta = useMemo(() => {
    const before = previewOf(specOf(older.spec));
    const after = previewOf(specOf(newer.spec));
    return before.ok && after.ok ? deltaOf(after.resolution, before.resolution) : undefined;
  }, [older, newer]);
  return (
    <Card
      title="What changed"
      aside={
        <div className="row">
          <NativeSelect
            aria-label="From"
            data={options}
            value={String(older.number)}
            onChange={(event) => go(Number(event.currentTarget.value), newer.number)}
          />
          <span className="dim">to</span>
          <NativeSelect
            aria-label="To"
            data={options}
            value={String(newer.number)}
            onChange={(event) => go(older.number, Number(event.currentTarget.value))}
          />
        </div>
      }
    >
      <div className="stack">
        <p className="row">
          <Tier tier={tierOf(older.resolution.risk.tier)} score={older.resolution.risk.score} />
          <span aria-hidden="true">→</span>
          <span className="off-screen">becomes</span>
          <Tier tier={tierOf(newer.resolution.risk.tier)} score={newer.resolution.risk.score} />
        </p>
        {delta === undefined ? (
          <p className="dim">The runtime refuses one of them today, so they cannot be compared.</p>
        ) : (
          <>
            {delta.granted.length === 0 && delta.taken.length === 0 ? <p>The same capabilities.</p> : null}
            {delta.granted.length === 0 ? null : <Capabilities names={delta.granted} change="granted" />}
            {delta.taken.length === 0 ? null : <Capabilities names={delta.taken} change="taken" />}
            <Operations
              operations={delta.operations.map(({ operation, answer, on }) => ({
                id: operation.id,
                area: operation.area,
                title: operation.title,
                answer,
                on,
              }))}
            />
          </>
        )}
      </div>
    </Card>
  );
}
