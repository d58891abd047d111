import { Link } from '@tanstack/react-router';
import type { EmergencyFactsFragment } from '../api/operations.gen.ts';
import { EmergencyBadge } from './emergency-badge.tsx';
import { EmergencyWords } from './emergency-words.tsx';
import './emergencies.css';

/** The emergencies that nobody has closed yet, at a glance; nothing at all where there are none. */
export function OpenEmergencies({ emergencies }: { readonly emergencies: readonly EmergencyFactsFragment[] }) {
  if (emergencies.length === 0) return null;
  return (
    <section className="card open-emergencies">
      <header className="card-head">
        <h2>Emergencies to be closed</h2>
        <Link to="/emergencies" className="small">
          All of them
        </Link>
      </header>
      <ul>
        {emergencies.map((emergency) => {
          const { id, profile, usable, reason } = emergency;
          const params = { team: profile.team.slug, name: profile.name };
          return (
            <li key={id}>
              <div className="row">
                <Link to="/profiles/$team/$name" params={params} className="mono">
                  {params.team}/{params.name}
                </Link>
                <EmergencyBadge over={!usable} />
              </div>
              <p>
                <EmergencyWords emergency={emergency} />
              </p>
              <p className="dim">“{reason}”</p>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
