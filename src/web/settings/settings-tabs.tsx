import { Link } from '@tanstack/react-router';

const TABS = [
  { to: '/settings', label: 'People and teams' },
  { to: '/settings/tokens', label: 'Tokens and sessions' },
  { to: '/settings/policy', label: 'Policy' },
] as const;

/** The parts of the settings. */
export function SettingsTabs() {
  return (
    <nav className="tabs" aria-label="Parts of the settings">
      {TABS.map(({ to, label }) => (
        <Link key={to} to={to} activeOptions={{ exact: true }} activeProps={{ 'data-current': true }}>
          {label}
        </Link>
      ))}
    </nav>
  );
}
