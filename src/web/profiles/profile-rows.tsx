import { Link } from '@tanstack/react-router';
import type { ProfilesQuery } from '../api/operations.gen.ts';
import { EmergencyBadge } from '../emergencies/emergency-badge.tsx';
import { Capabilities } from '../ui/capability.tsx';
import { StandingBadge } from '../ui/standing.tsx';
import { Tier, tierOf } from '../ui/tier.tsx';
import { Expiry } from './expiry.tsx';

type Row = ProfilesQuery['profiles']['nodes'][number];

const MOST = 5;

/** Profiles with what matters at a glance. */
export function ProfileRows({ rows }: { readonly rows: readonly Row[] }) {
  return (
    <div className="table-box">
      <table className="table">
        <thead>
          <tr>
            <th scope="col">Profile</th>
            <th scope="col">Tier</th>
            <th scope="col">Capabilities</th>
            <th scope="col">Standing</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ id, name, team, approved, standing, pending, emergencies }) => (
            <tr key={id}>
              <th scope="row">
                <Link to="/profiles/$team/$name" params={{ team: team.slug, name }} className="profile-name">
                  <span className="dim">{team.slug}/</span>
                  {name}
                </Link>
              </th>
              <td>
                {approved === null ? (
                  <span className="dim">–</span>
                ) : (
                  <Tier tier={tierOf(approved.resolution.risk.tier)} score={approved.resolution.risk.score} />
                )}
              </td>
              <td>
                {approved === null ? <span className="dim">–</span> : <Some names={approved.resolution.bounding} />}
              </td>
              <td>
                <span className="row">
                  {approved === null ? <StandingBadge standing={standing} /> : <Expiry at={approved.expiresAt} />}
                  {emergencies.length === 0 ? null : (
                    <EmergencyBadge over={!emergencies.some(({ usable }) => usable)} />
                  )}
                  {pending === null ? null : (
                    <Link to="/requests/$id" params={{ id: pending.id }} className="small">
                      request pending
                    </Link>
                  )}
                </span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Some({ names }: { readonly names: readonly string[] }) {
  const more = names.length - MOST;
  return (
    <span className="row">
      <Capabilities names={names.slice(0, MOST)} />
      {more > 0 ? <span className="dim small">and {more} more</span> : null}
    </span>
  );
}
