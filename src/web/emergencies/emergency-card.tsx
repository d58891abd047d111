import { Link } from '@tanstack/react-router';
import type { EmergencyFactsFragment } from '../api/operations.gen.ts';
import { decides, useViewer } from '../api/viewer.ts';
import { Capabilities } from '../ui/capability.tsx';
import { Tier, tierOf } from '../ui/tier.tsx';
import { When } from '../ui/when.tsx';
import { CloseForm } from './close-form.tsx';
import { EmergencyBadge } from './emergency-badge.tsx';
import { EmergencyWords } from './emergency-words.tsx';
import './emergencies.css';

/** One emergency: who, why, until when, what it gives, and the review that closes it. */
export function EmergencyCard({
  emergency,
  withProfile,
}: {
  readonly emergency: EmergencyFactsFragment;
  readonly withProfile: boolean;
}) {
  const { profile, revision, usable, closedAt, reason, person } = emergency;
  const { bounding, risk } = revision.resolution;
  const isOpen = closedAt === null;
  const params = { team: profile.team.slug, name: profile.name };
  return (
    <section className="card emergency" data-open={isOpen || undefined}>
      <header className="card-head">
        <h2>
          {withProfile ? (
            <Link to="/profiles/$team/$name" params={params} className="mono">
              {params.team}/{params.name}
            </Link>
          ) : usable ? (
            'Somebody has more than what is in force'
          ) : (
            'Somebody had more than what was in force'
          )}
        </h2>
        {isOpen ? <EmergencyBadge over={!usable} /> : null}
      </header>
      <div className="stack">
        <p>
          <EmergencyWords emergency={emergency} />
        </p>
        <p className="said">{reason}</p>
        <div className="row">
          <Tier tier={tierOf(risk.tier)} score={risk.score} />
          <Capabilities names={bounding} none="No capability" />
          <span className="dim small">revision {revision.number}</span>
        </div>
        {usable ? (
          <p className="dim small">
            Exports give it to {person.login} alone, by their own sign-in or token. Everybody else gets what is in
            force.
          </p>
        ) : null}
        {isOpen ? <Closing emergency={emergency} /> : <Closed emergency={emergency} />}
      </div>
    </section>
  );
}

/** Who had a part in it does not close it; others who review do. The service judges it again, by the people behind. */
function Closing({ emergency }: { readonly emergency: EmergencyFactsFragment }) {
  const viewer = useViewer();
  const { person, openedBy } = emergency;
  if (!decides(viewer)) return <p className="dim closing">It is open until an approver has looked at it.</p>;
  if ([person.id, openedBy.id].includes(viewer.member.id)) {
    return <p className="dim closing">You had a part in it, so another approver closes it.</p>;
  }
  return <CloseForm emergency={emergency} />;
}

function Closed({ emergency }: { readonly emergency: EmergencyFactsFragment }) {
  const { closedBy, closedAt, justified, closingComment } = emergency;
  return (
    <div className="stack closing">
      <p>
        <strong>{justified === true ? 'It was an emergency.' : 'It was none.'}</strong>{' '}
        <span className="dim">
          {closedBy?.login} closed it {closedAt === null ? null : <When at={closedAt} />}
        </span>
      </p>
      <p className="said">{closingComment}</p>
    </div>
  );
}
