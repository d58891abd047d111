import { Textarea, TextInput } from '@mantine/core';
import type { Draft } from './draft.ts';
import type { Missing } from './request-form.tsx';

const MOST = 4_000;

/** What it is needed for, and for how long. */
export function Reason({
  draft,
  change,
  missing,
  withDays,
}: {
  readonly draft: Draft;
  readonly change: (draft: Draft) => void;
  readonly missing: Missing;
  readonly withDays: boolean;
}) {
  return (
    <div className="stack">
      <Textarea
        label="What it is needed for"
        description="What does the program do that takes each of these powers? What happens without them?"
        required
        autosize
        minRows={3}
        maxRows={14}
        maxLength={MOST}
        error={missing.justification}
        value={draft.justification}
        onChange={(event) => change({ ...draft, justification: event.currentTarget.value })}
        wrapperProps={{ 'data-missing': missing.justification === undefined ? undefined : true }}
      />
      {withDays ? (
        <TextInput
          className="days"
          label="For how many days"
          description="Empty: until somebody takes it back"
          inputMode="numeric"
          error={missing.days}
          value={draft.days}
          onChange={(event) => change({ ...draft, days: event.currentTarget.value.trim() })}
          wrapperProps={{ 'data-missing': missing.days === undefined ? undefined : true }}
        />
      ) : null}
    </div>
  );
}
