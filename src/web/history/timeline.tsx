import { Icon, type IconName } from '../ui/icon.tsx';
import { When } from '../ui/when.tsx';
import { wordsOfEvent } from './event-words.ts';
import './timeline.css';

export interface TimelineEvent {
  readonly id: string;
  readonly at: string;
  readonly action: string;
  readonly subject: string;
  readonly payload: string;
  readonly actor: { readonly login: string };
}

const ICONS: readonly (readonly [RegExp, IconName])[] = [
  [/^request\.(approved)/, 'check'],
  [/^request\.(rejected|withdrawn)|revoked$/, 'cross'],
  [/^request\.reviewed|comment/, 'comment'],
  [/^request\./, 'request'],
  [/^token/, 'key'],
  [/^(member|team|org)/, 'people'],
];

export const iconOf = (action: string): IconName => ICONS.find(([pattern]) => pattern.test(action))?.[1] ?? 'info';

/** Events as sentences, the newest first. */
export function Timeline({ events }: { readonly events: readonly TimelineEvent[] }) {
  return (
    <ol className="timeline">
      {events.map((event) => {
        const { did, said } = wordsOfEvent(event);
        return (
          <li key={event.id} data-action={event.action}>
            <span className="timeline-icon">
              <Icon name={iconOf(event.action)} size={14} />
            </span>
            <div>
              <p>
                <strong>{event.actor.login}</strong> {did}{' '}
                <span className="dim">
                  <When at={event.at} />
                </span>
              </p>
              {said === undefined ? null : <p className="timeline-said">{said}</p>}
            </div>
          </li>
        );
      })}
    </ol>
  );
}
