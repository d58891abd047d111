import { Textarea, TextInput } from '@mantine/core';
import { shortName } from '../ui/capability.tsx';
import type { Draft } from './draft.ts';
import type { Foresight } from './foresight.ts';
import type { Missing } from './missing.ts';

const MOST = 4_000;

/** What it is needed for, and for how long. */
export function Reason({
  draft,
  change,
  missing,
  withDays,
  again = false,
  foresight,
  granted,
}: {
  readonly draft: Draft;
  readonly change: (draft: Draft) => void;
  readonly missing: Missing;
  readonly withDays: boolean;
  /** Whether it was approved before, and is asked for once more. */
  readonly again?: boolean;
  readonly foresight: Foresight | undefined;
  /** Capabilities that are not in force. */
  readonly granted: readonly string[];
}) {
  const demanding = foresight?.kind === 'demanding' ? foresight : undefined;
  const longest = demanding?.longestLifeDays ?? null;
  return (
    <div className="stack">
      <Textarea
        label={again ? 'What it is still needed for' : 'What it is needed for'}
        description={
          again
            ? 'What has it been used for since? Could it do with less by now?'
            : 'What does the program do that takes each of these powers? What happens without them?'
        }
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
      {demanding?.justifyEach === true && granted.length > 0 ? (
        <fieldset>
          <legend>Why each of these</legend>
          <div className="stack">
            {granted.map((capability) => {
              const reason = draft.reasons[capability] ?? '';
              const problem = reason.trim() === '' ? missing.reasons : undefined;
              return (
                <TextInput
                  key={capability}
                  label={shortName(capability)}
                  required
                  maxLength={1_000}
                  error={problem}
                  value={reason}
                  onChange={(event) =>
                    change({ ...draft, reasons: { ...draft.reasons, [capability]: event.currentTarget.value } })
                  }
                  wrapperProps={{ 'data-missing': problem === undefined ? undefined : true }}
                />
              );
            })}
          </div>
        </fieldset>
      ) : null}
      {demanding?.ticket === true || draft.ticket !== '' ? (
        <TextInput
          label="Link to the ticket"
          type="url"
          placeholder="https://"
          required={demanding?.ticket === true}
          error={missing.ticket}
          value={draft.ticket}
          onChange={(event) => change({ ...draft, ticket: event.currentTarget.value.trim() })}
          wrapperProps={{ 'data-missing': missing.ticket === undefined ? undefined : true }}
        />
      ) : null}
      {withDays ? (
        <TextInput
          className="days"
          label="For how many days"
          description={
            longest === null ? 'Empty: until somebody takes it back' : `The policy allows ${longest} at the most`
          }
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
