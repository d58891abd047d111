import { Modal } from '@mantine/core';
import { CopyButton } from '../ui/copy-button.tsx';
import { When } from '../ui/when.tsx';
import { wordsOfEvent } from './event-words.ts';
import type { HistoryEvent } from './history-page.tsx';

/** All that is kept of an event. */
export function EventDetails({ event, close }: { readonly event: HistoryEvent; readonly close: () => void }) {
  const { did } = wordsOfEvent(event);
  const payload = JSON.stringify(JSON.parse(event.payload), null, 2);
  return (
    <Modal opened onClose={close} title={`Event ${event.id}`} size="lg">
      <div className="stack">
        <p>
          <strong>{event.actor.login}</strong> {did}, <When at={event.at} />
        </p>
        <pre className="export" tabIndex={0} aria-label="What was written down">
          {payload}
        </pre>
        <p className="digest dim">
          <span>
            Leaf hash (RFC 6962)
            <br />
            <code>{event.leafHash}</code>
          </span>
          <CopyButton small text={event.leafHash} what="the leaf hash" />
        </p>
      </div>
    </Modal>
  );
}
