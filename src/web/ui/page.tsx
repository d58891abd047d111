import { type ReactNode, useEffect } from 'react';
import './page.css';

/** What every page has: one heading, which is the window's title too, and what can be done on it. */
export function Page({
  title,
  lead,
  actions,
  children,
  wide = false,
  windowTitle,
}: {
  readonly title: ReactNode;
  readonly lead?: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
  readonly wide?: boolean;
  /** Where the heading is more than words. */
  readonly windowTitle?: string;
}) {
  const name = windowTitle ?? (typeof title === 'string' ? title : '');
  useEffect(() => {
    document.title = `${name} · Capward`;
  }, [name]);
  return (
    <div className="page" data-wide={wide || undefined}>
      <header className="page-head">
        <div>
          <h1 tabIndex={-1}>{title}</h1>
          {lead === undefined ? null : <div className="page-lead">{lead}</div>}
        </div>
        {actions === undefined ? null : <div className="page-actions">{actions}</div>}
      </header>
      {children}
    </div>
  );
}

/** A part of a page on a ground of its own. */
export function Card({
  title,
  aside,
  children,
  id,
}: {
  readonly title?: ReactNode;
  readonly aside?: ReactNode;
  readonly children: ReactNode;
  readonly id?: string;
}) {
  return (
    <section className="card" id={id}>
      {title === undefined ? null : (
        <header className="card-head">
          <h2>{title}</h2>
          {aside}
        </header>
      )}
      {children}
    </section>
  );
}

/** Where there is nothing to show: why, and what to do about it. */
export function Empty({ title, children }: { readonly title: string; readonly children?: ReactNode }) {
  return (
    <div className="empty">
      <p className="empty-title">{title}</p>
      {children}
    </div>
  );
}

/** What stands where an answer will be. It appears after a moment, so that quick answers do not flicker. */
export function Waiting({ lines = 6 }: { readonly lines?: number }) {
  return (
    <div className="waiting" role="status">
      <span className="off-screen">Loading…</span>
      {Array.from({ length: lines }, (_, line) => (
        <div key={line} />
      ))}
    </div>
  );
}
