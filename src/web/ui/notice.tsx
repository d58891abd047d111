import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { ServiceError } from '../api/service-error.ts';
import { Icon, type IconName } from './icon.tsx';
import './notice.css';

type Kind = 'info' | 'good' | 'warn' | 'bad';

const ICONS: Readonly<Record<Kind, IconName>> = { info: 'info', good: 'check', warn: 'warning', bad: 'warning' };

/** Something to know about what stands beside it. */
export function Notice({
  kind = 'info',
  title,
  children,
  live = false,
}: {
  readonly kind?: Kind;
  readonly title?: string | undefined;
  readonly children?: ReactNode;
  /** Whether it came while somebody was looking, so that a screen reader says it. */
  readonly live?: boolean;
}) {
  return (
    <div className="notice" data-kind={kind} {...(live ? { role: kind === 'bad' ? 'alert' : 'status' } : {})}>
      <Icon name={ICONS[kind]} />
      <div>
        {title === undefined ? null : <p className="notice-title">{title}</p>}
        {children}
      </div>
    </div>
  );
}

/** Why something did not work, in the service's own words, and what can be done. */
export function Problem({ error, retry }: { readonly error: unknown; readonly retry?: (() => void) | undefined }) {
  const known = error instanceof ServiceError ? error : undefined;
  const offline = known?.code === 'OFFLINE';
  if (known?.code === 'UNAUTHENTICATED' && retry === undefined) return <NotSignedIn />;
  const issues = known?.issues.filter(({ message }) => !known.message.includes(message)) ?? [];
  return (
    <Notice kind="bad" live title={offline ? 'Capward cannot be reached' : (known?.message ?? 'Something went wrong')}>
      {offline ? <p>The network or the service is away. What you wrote is safe here.</p> : null}
      {issues.length === 0 ? null : (
        <ul>
          {issues.map(({ path, message }) => (
            <li key={`${path} ${message}`}>{message}</li>
          ))}
        </ul>
      )}
      {known?.requestId === undefined ? null : (
        <p>
          Tell whoever runs Capward this id: <code>{known.requestId}</code>
        </p>
      )}
      {retry === undefined ? null : (
        <Button size="xs" variant="default" mt={8} onClick={retry}>
          Try again
        </Button>
      )}
    </Notice>
  );
}

/** The service speaks to programs here; people are asked to sign in by the page itself. */
function NotSignedIn() {
  return (
    <Notice kind="bad" live title="This does not sign you in, or not any more">
      <p>It may have ended, been used already, or been taken back.</p>
    </Notice>
  );
}
