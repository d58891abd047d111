import { Link, useLocation } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { governs, useViewer } from '../api/viewer.ts';

const TABS = [
  { to: '/settings', label: 'People and teams', ownersOnly: false },
  { to: '/settings/tokens', label: 'Tokens and sessions', ownersOnly: false },
  { to: '/settings/policy', label: 'Policy', ownersOnly: false },
  { to: '/settings/sign-in', label: 'Signing in', ownersOnly: true },
  { to: '/settings/software', label: 'Software', ownersOnly: true },
] as const;

/** The parts of the settings. */
export function SettingsTabs() {
  const owner = governs(useViewer());
  const nav = useRef<HTMLElement>(null);
  const { pathname } = useLocation();
  useEffect(() => {
    // Where there is no room for all of them, the current one is among those that are seen.
    const current = nav.current?.querySelector<HTMLElement>('[data-current]');
    if (nav.current !== null && current != null)
      nav.current.scrollLeft = current.offsetLeft - nav.current.offsetLeft - 40;
  }, [pathname]);
  return (
    <nav className="tabs" aria-label="Parts of the settings" ref={nav}>
      {TABS.filter(({ ownersOnly }) => owner || !ownersOnly).map(({ to, label }) => (
        <Link key={to} to={to} activeOptions={{ exact: true }} activeProps={{ 'data-current': true }}>
          {label}
        </Link>
      ))}
    </nav>
  );
}
