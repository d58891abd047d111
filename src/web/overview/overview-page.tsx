import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useAwaiting } from '../api/awaiting.ts';
import { MyRequests, OverviewData, type OverviewDataQuery } from '../api/operations.gen.ts';
import { useAsk, useRows } from '../api/queries.ts';
import { decides, useViewer } from '../api/viewer.ts';
import { OpenEmergencies } from '../emergencies/open-emergencies.tsx';
import { Expiry } from '../profiles/expiry.tsx';
import { shortName, summaryOf } from '../ui/capability.tsx';
import { Icon } from '../ui/icon.tsx';
import { Problem } from '../ui/notice.tsx';
import { Card, Empty, Page, Waiting } from '../ui/page.tsx';
import { Tier, tierOf } from '../ui/tier.tsx';
import { Asked } from './asked.tsx';
import { Beginning } from './beginning.tsx';
import { Weeks } from './weeks.tsx';
import './overview.css';

/** What awaits whoever looks, and how the organization stands. */
export function OverviewPage() {
  const viewer = useViewer();
  const enabled = viewer.scopes.includes('profiles:read');
  const asked = useAsk(OverviewData, {}, { enabled });
  return (
    <Page wide title="Overview" windowTitle="Overview">
      <Beginning />
      <Yours />
      {asked.isError && asked.data === undefined ? (
        <Problem error={asked.error} retry={() => void asked.refetch()} />
      ) : null}
      {enabled ? null : (
        <Empty title="You may not look at profiles">
          <p>It takes the scope profiles:read, which the token that you have signed in with does not have.</p>
        </Empty>
      )}
      {enabled && asked.data === undefined && !asked.isError ? <Waiting lines={8} /> : null}
      {asked.data === undefined ? null : <Organization data={asked.data} />}
    </Page>
  );
}

/** What this person can do next. */
function Yours() {
  const viewer = useViewer();
  const awaiting = useAwaiting();
  const enabled = viewer.scopes.includes('profiles:read');
  const mine = useRows(MyRequests, {}, ({ changeRequests }) => changeRequests, { enabled });
  return (
    <div className="yours">
      {decides(viewer) ? (
        <Link to="/review" className="yours-card" data-urgent={awaiting !== undefined || undefined}>
          <Icon name="review" size={22} />
          <span>
            <strong>{awaiting === undefined ? 'Nothing awaits your review' : `${awaiting} await your review`}</strong>
            <span className="dim">{awaiting === undefined ? 'You are done' : 'The oldest first'}</span>
          </span>
        </Link>
      ) : null}
      {!decides(viewer) && viewer.scopes.includes('requests:write') ? (
        <Link to="/request" className="yours-card">
          <Icon name="request" size={22} />
          <span>
            <strong>Request a profile</strong>
            <span className="dim">For a container that needs more than nothing</span>
          </span>
        </Link>
      ) : null}
      {mine.rows?.map((request) => (
        <Asked key={request.id} request={request} />
      ))}
      {mine.more ? (
        <Button variant="default" loading={mine.loadingMore} onClick={mine.loadMore}>
          Show more that you asked for
        </Button>
      ) : null}
    </div>
  );
}

function Organization({ data }: { readonly data: OverviewDataQuery }) {
  const { overview, profiles } = data;
  return (
    <div className="overview">
      <OpenEmergencies emergencies={data.emergencies.nodes} />
      <Tiers tiers={overview.tiers} />
      <Card title="Requests by week">
        <Weeks weeks={overview.weeks} />
        <p className="decisions-time">
          {overview.medianToDecision === null || overview.ninthToDecision === null ? (
            <span className="dim">Nothing was decided in these weeks.</span>
          ) : (
            <>
              Half of them were decided within <strong>{duration(overview.medianToDecision)}</strong>, nine in ten
              within <strong>{duration(overview.ninthToDecision)}</strong>.
            </>
          )}
        </p>
      </Card>
      <Granted capabilities={overview.capabilities} />
      <Card title="Ends within 30 days">
        {profiles.nodes.length === 0 ? <p className="dim">No approval ends soon.</p> : null}
        <ul className="ending">
          {profiles.nodes.map(({ id, name, team, approved }) => (
            <li key={id}>
              <Link to="/profiles/$team/$name" params={{ team: team.slug, name }} className="mono">
                {team.slug}/{name}
              </Link>
              <span className="row">
                {approved === null ? null : (
                  <>
                    <Tier tier={tierOf(approved.resolution.risk.tier)} />
                    <Expiry at={approved.expiresAt} />
                  </>
                )}
              </span>
            </li>
          ))}
        </ul>
        {profiles.pageInfo.hasNextPage ? (
          <Link to="/profiles" search={{ ends: 30 }} className="small">
            All of them
          </Link>
        ) : null}
      </Card>
    </div>
  );
}

function Tiers({ tiers }: { readonly tiers: OverviewDataQuery['overview']['tiers'] }) {
  const all = tiers.reduce((sum, { count }) => sum + count, 0);
  const most = Math.max(1, ...tiers.map(({ count }) => count));
  return (
    <Card title="In force, by tier" aside={<span className="dim">{all} profiles</span>}>
      <ul className="bars">
        {tiers.toReversed().map(({ tier, count }) => (
          <li key={tier} data-tier={tierOf(tier)}>
            <Link
              to="/profiles"
              search={{ tier: tierOf(tier) }}
              aria-label={`${count} profiles of the tier ${tierOf(tier)}`}
            >
              <Tier tier={tierOf(tier)} />
            </Link>
            <span className="bar" aria-hidden="true">
              <span style={{ width: `${(100 * count) / most}%` }} />
            </span>
            <span className="bar-count">{count}</span>
          </li>
        ))}
      </ul>
    </Card>
  );
}

const MOST = 10;

function Granted({ capabilities }: { readonly capabilities: OverviewDataQuery['overview']['capabilities'] }) {
  const most = Math.max(1, ...capabilities.map(({ count }) => count));
  return (
    <Card title="Most granted">
      {capabilities.length === 0 ? <p className="dim">No profile in force grants a capability.</p> : null}
      <ul className="bars">
        {capabilities.slice(0, MOST).map(({ capability, count }) => (
          <li key={capability}>
            <Link
              to="/profiles"
              search={{ grants: shortName(capability) }}
              title={summaryOf(capability)}
              aria-label={`${count} profiles with ${shortName(capability)}`}
              className="mono"
            >
              {shortName(capability)}
            </Link>
            <span className="bar" aria-hidden="true">
              <span style={{ width: `${(100 * count) / most}%` }} />
            </span>
            <span className="bar-count">{count}</span>
          </li>
        ))}
      </ul>
    </Card>
  );
}

const UNITS = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
] as const;

/** So long, in the largest unit that fits. */
function duration(seconds: number): string {
  const [unit, length] = UNITS.find(([, size]) => seconds >= size * 1.5) ?? ['minute', 60];
  const count = Math.max(1, Math.round(seconds / length));
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}
