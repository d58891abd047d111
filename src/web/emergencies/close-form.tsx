import { Button, SegmentedControl, Textarea } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { issueAt } from '../api/issue-at.ts';
import { CloseEmergency, type EmergencyFactsFragment } from '../api/operations.gen.ts';
import { useChange } from '../api/queries.ts';
import { FormProblem } from '../ui/form-problem.tsx';
import { useKeptText } from '../ui/kept-text.ts';

/** The review afterwards: whether it was an emergency, and what came out. It ends what has not ended. */
export function CloseForm({ emergency }: { readonly emergency: EmergencyFactsFragment }) {
  const { id, usable, profile } = emergency;
  const [justified, setJustified] = useState<'yes' | 'no'>();
  const [comment, setComment] = useKeptText(`closing ${id}`);
  const [checked, setChecked] = useState(false);
  const close = useChange(CloseEmergency);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    if (justified === undefined || comment.trim() === '') return;
    const input = { id, justified: justified === 'yes', comment: comment.trim() };
    close.mutate({ input }, { onSuccess: () => setComment('') });
  };
  const isUnsaid = checked && comment.trim() === '';
  return (
    <form className="stack closing" onSubmit={submit} noValidate aria-label={`Close the emergency of ${profile.name}`}>
      <fieldset>
        <legend>Was it an emergency?</legend>
        <SegmentedControl
          value={justified ?? ''}
          onChange={(value) => setJustified(value === 'yes' ? 'yes' : 'no')}
          data={[
            { value: 'yes', label: 'Yes, it was' },
            { value: 'no', label: 'No, it was none' },
          ]}
          transitionDuration={0}
        />
        {checked && justified === undefined ? <p className="wrong">Say whether it was one</p> : null}
      </fieldset>
      <Textarea
        label="What came out"
        description="What happened, and what keeps it from happening again. It stays in the history"
        required
        autosize
        minRows={2}
        maxRows={10}
        maxLength={4_000}
        error={isUnsaid ? 'Say what you found: it is what is left of the review' : issueAt(close.error, 'comment')}
        value={comment}
        onChange={(event) => setComment(event.currentTarget.value)}
      />
      <FormProblem error={close.error} fields={['comment']} />
      <div className="row">
        <Button type="submit" loading={close.isPending}>
          Close it
        </Button>
        {usable ? <span className="dim">This ends it at once.</span> : null}
      </div>
    </form>
  );
}
