import { Link } from '@tanstack/react-router';
import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { Icon } from '../ui/icon.tsx';
import { When } from '../ui/when.tsx';
import { wordsOfEvent } from './event-words.ts';
import type { HistoryEvent } from './history-page.tsx';
import { iconOf } from './timeline.tsx';

interface Shown {
  readonly events: readonly HistoryEvent[];
  readonly view: 'timeline' | 'table';
  readonly more: boolean;
  readonly loadMore: () => void;
  readonly open: (event: HistoryEvent) => void;
}

/** So many rows before the end the next page is asked for. */
const AHEAD = 40;

/** As many events as there are, of which only those within the window are really there. */
export function EventList({ events, view, more, loadMore, open }: Shown) {
  const box = useRef<HTMLDivElement>(null);
  const [top, setTop] = useState(0);
  // What stands above it may change with every rendering.
  useLayoutEffect(() => setTop(box.current?.offsetTop ?? 0));
  const rows = useWindowVirtualizer({
    count: events.length,
    estimateSize: () => (view === 'table' ? 41 : 62),
    overscan: 12,
    scrollMargin: top,
    getItemKey: (index) => events[index]?.id ?? index,
  });
  const visible = rows.getVirtualItems();
  const last = visible.at(-1)?.index ?? 0;
  useEffect(() => {
    if (more && last >= events.length - AHEAD) loadMore();
  }, [more, last, events.length, loadMore]);
  const list = (
    <div
      ref={box}
      className="events"
      data-view={view}
      role="feed"
      aria-label="Events"
      aria-busy={more}
      style={{ height: rows.getTotalSize() }}
    >
      {visible.map(({ index, key, start }) => {
        const event = events[index];
        if (event === undefined) return null;
        return (
          <article
            key={key}
            ref={rows.measureElement}
            data-index={index}
            data-action={event.action}
            className="event"
            aria-posinset={index + 1}
            aria-setsize={more ? -1 : events.length}
            aria-label={`Event ${event.id}`}
            style={{ transform: `translateY(${start - rows.options.scrollMargin}px)` }}
          >
            {view === 'table' ? <TableRow event={event} open={open} /> : <TimelineRow event={event} open={open} />}
          </article>
        );
      })}
    </div>
  );
  if (view === 'timeline') return list;
  return (
    <>
      {/* Each row says what it is of by itself, to those who do not see columns. */}
      <div className="event-heads" aria-hidden="true">
        {['No.', 'When', 'Who', 'What', 'Of'].map((head) => (
          <span key={head}>{head}</span>
        ))}
      </div>
      {list}
    </>
  );
}

interface RowOf {
  readonly event: HistoryEvent;
  readonly open: (event: HistoryEvent) => void;
}

function TimelineRow({ event, open }: RowOf) {
  const { did, said, profile } = wordsOfEvent(event);
  return (
    <>
      <span className="timeline-icon">
        <Icon name={iconOf(event.action)} size={14} />
      </span>
      <div className="event-words">
        <p>
          <strong>{event.actor.login}</strong> {did}
          {profile === undefined ? null : (
            <>
              {' of '}
              <Link to="/profiles/$team/$name" params={profile} className="mono">
                {profile.team}/{profile.name}
              </Link>
            </>
          )}{' '}
          <span className="dim">
            <When at={event.at} />
          </span>
        </p>
        {said === undefined ? null : <p className="event-said">{said}</p>}
      </div>
      <Opener event={event} open={open} />
    </>
  );
}

function TableRow({ event, open }: RowOf) {
  const { profile } = wordsOfEvent(event);
  return (
    <>
      <Opener event={event} open={open} />
      <span className="event-at">
        <When at={event.at} />
      </span>
      <span>{event.actor.login}</span>
      <code className="event-action">{event.action}</code>
      <span className="event-what">
        {profile === undefined ? (
          <span className="dim">{event.subject.split(' ')[0]}</span>
        ) : (
          <Link to="/profiles/$team/$name" params={profile} className="mono">
            {profile.team}/{profile.name}
          </Link>
        )}
      </span>
    </>
  );
}

function Opener({ event, open }: RowOf) {
  return (
    <button
      type="button"
      className="event-open"
      onClick={() => open(event)}
      aria-label={`Details of event ${event.id}`}
    >
      #{event.id}
    </button>
  );
}
