import { useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { Link, type LinkProps } from '@tanstack/react-router';
import { fetchText } from '../api/ask.ts';
import { useAwaiting } from '../api/awaiting.ts';
import { QUERIES } from '../api/queries.ts';
import { signedOut } from '../api/session.ts';
import { useViewer } from '../api/viewer.ts';
import { Icon, type IconName } from '../ui/icon.tsx';

interface Place {
  readonly to: LinkProps['to'];
  readonly icon: IconName;
  readonly label: string;
}

const PLACES: readonly Place[] = [
  { to: '/', icon: 'overview', label: 'Overview' },
  { to: '/review', icon: 'review', label: 'Review' },
  { to: '/profiles', icon: 'profiles', label: 'Profiles' },
  { to: '/history', icon: 'history', label: 'History' },
  { to: '/settings', icon: 'settings', label: 'Settings' },
];

/** Where one can go; on a phone it lies at the bottom, under the thumb. */
export function Navigation() {
  const viewer = useViewer();
  const awaiting = useAwaiting();
  return (
    <aside className="side" aria-label="Capward">
      <Link to="/" className="brand" aria-label="Capward, overview">
        <Mark />
        <span>Capward</span>
      </Link>
      <Link to="/request" className="ask" activeProps={{ className: 'ask' }}>
        <Icon name="request" />
        <span>Request a profile</span>
      </Link>
      <nav className="places" aria-label="Pages">
        <ul>
          {PLACES.map(({ to, icon, label }) => (
            <li key={label}>
              <Link
                to={to}
                activeOptions={{ exact: to === '/', includeSearch: false }}
                activeProps={{ 'aria-current': 'page' }}
              >
                <Icon name={icon} size={20} />
                <span>{label}</span>
                {to === '/review' && awaiting !== undefined ? (
                  <span className="count">
                    {awaiting}
                    <span className="off-screen"> await you</span>
                  </span>
                ) : null}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      <Account login={viewer.member.login} org={viewer.organization.slug} role={viewer.member.orgRole} />
    </aside>
  );
}

function Account({ login, org, role }: { readonly login: string; readonly org: string; readonly role: string }) {
  const { setColorScheme } = useMantineColorScheme();
  const scheme = useComputedColorScheme('light');
  const signOut = async () => {
    // Whether or not the service hears it, this window forgets who was here.
    await fetchText('/v1/sign-out', { method: 'POST' }).catch(() => undefined);
    signedOut();
    QUERIES.clear();
    globalThis.location.assign('/');
  };
  return (
    <div className="account-box">
      <button type="button" className="account" popoverTarget="account-menu">
        <span className="initial" aria-hidden="true">
          {login.charAt(0).toUpperCase()}
        </span>
        <span className="account-words">
          <span>{login}</span>
          <span className="dim">
            {org} · {role.toLowerCase()}
          </span>
        </span>
      </button>
      <div id="account-menu" popover="auto" className="account-menu">
        <button type="button" onClick={() => setColorScheme(scheme === 'dark' ? 'light' : 'dark')}>
          <Icon name={scheme === 'dark' ? 'sun' : 'moon'} size={16} />
          {scheme === 'dark' ? 'Light' : 'Dark'} colours
        </button>
        <button type="button" onClick={() => setColorScheme('auto')}>
          <Icon name="settings" size={16} />
          Colours of the system
        </button>
        <button type="button" onClick={() => void signOut()}>
          <Icon name="out" size={16} />
          Sign out
        </button>
      </div>
    </div>
  );
}

export function Mark({ size = 26 }: { readonly size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
      <path
        className="mark-shield"
        d="M16 1.500L28 6v9.200c0 7-4.800 12.600-12 15.300C8.800 27.800 4 22.200 4 15.200V6z"
      />
      <path className="mark-c" d="M21.200 11.800a6.200 6.200 0 1 0 0 8.400" />
    </svg>
  );
}
