import type { EmergencyFactsFragment } from '../api/operations.gen.ts';
import { EmergencyCard } from './emergency-card.tsx';

/** Emergencies with all there is to know of them, and what can be done about those that are open. */
export function Emergencies({
  emergencies,
  withProfile = false,
}: {
  readonly emergencies: readonly EmergencyFactsFragment[];
  /** Whether each says of which profile it is. */
  readonly withProfile?: boolean;
}) {
  return emergencies.map((emergency) => (
    <EmergencyCard key={emergency.id} emergency={emergency} withProfile={withProfile} />
  ));
}
