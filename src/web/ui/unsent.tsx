import { Button } from '@mantine/core';
import { CopyButton } from './copy-button.tsx';
import { useKeptText } from './kept-text.ts';
import { Notice } from './notice.tsx';

/** What somebody was writing where it can be sent no longer, or not yet: it is theirs to take along or to discard. */
export function Unsent({ what }: { readonly what: string }) {
  const [text, change] = useKeptText(what);
  if (text.trim() === '') return null;
  return (
    <Notice title="You were writing this">
      <p className="prose">{text}</p>
      <div className="row">
        <CopyButton small text={text} what="what you wrote" />
        <Button size="compact-sm" variant="subtle" onClick={() => change('')}>
          Discard it
        </Button>
      </div>
    </Notice>
  );
}
