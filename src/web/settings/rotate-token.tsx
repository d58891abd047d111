import { Button, Modal, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { issueAt } from '../api/issue-at.ts';
import { RotateToken as Rotate, type TokenFactsFragment } from '../api/operations.gen.ts';
import { useChange } from '../api/queries.ts';
import { useViewer } from '../api/viewer.ts';
import { FormProblem } from '../ui/form-problem.tsx';
import { SecretOnce } from '../ui/secret-once.tsx';
import { When } from '../ui/when.tsx';

const WHOLE = '[0-9]+';

/** Gives a token another secret. Where whoever looks has made it, the old one can go on for a while. */
export function RotateToken({ token, close }: { readonly token: TokenFactsFragment; readonly close: () => void }) {
  const viewer = useViewer();
  const rotate = useChange(Rotate);
  const isOwn = token.madeBy.login === viewer.member.login;
  const [hours, setHours] = useState('24');
  const [days, setDays] = useState('90');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const overlapHours = isOwn ? Number(hours) : 0;
    rotate.mutate({ input: { id: token.id, overlapHours, expiresInDays: Number(days) } });
  };
  const done = rotate.data?.rotateToken;
  if (done !== undefined) {
    return (
      // What is shown once is not lost by a press beside it.
      <Modal opened onClose={close} closeOnClickOutside={false} title={`The new secret of “${token.name}”`} size="lg">
        <div className="stack">
          <SecretOnce secret={done.secret} />
          <p>
            {done.token.previousUntil === null ? (
              'The old secret has ended.'
            ) : (
              <>
                The old secret works too, until it ends <When at={done.token.previousUntil} />: carry the new one
                everywhere before.
              </>
            )}
          </p>
          <Button onClick={close}>Done</Button>
        </div>
      </Modal>
    );
  }
  return (
    <Modal opened onClose={close} title={`Rotate “${token.name}”?`}>
      <form className="stack" onSubmit={submit}>
        <p>It gets another secret and stays the same token, with its name, rights and history.</p>
        {isOwn ? (
          <TextInput
            label="The old secret goes on for"
            description="Hours, up to a week; 0 ends it at once"
            inputMode="numeric"
            pattern={WHOLE}
            title="A whole number of hours"
            required
            data-autofocus
            error={issueAt(rotate.error, 'overlapHours')}
            value={hours}
            onChange={(event) => setHours(event.currentTarget.value.trim())}
          />
        ) : (
          <p>
            {token.madeBy.login} has made it and knows its secret, so the old one ends at once: whatever uses it is
            refused until it has the new one.
          </p>
        )}
        <TextInput
          label="It ends after"
          description="Days from now"
          inputMode="numeric"
          pattern={WHOLE}
          title="A whole number of days"
          required
          error={issueAt(rotate.error, 'expiresInDays')}
          value={days}
          onChange={(event) => setDays(event.currentTarget.value.trim())}
        />
        <FormProblem error={rotate.error} fields={['overlapHours', 'expiresInDays']} />
        <div className="row">
          <Button type="submit" loading={rotate.isPending}>
            Rotate it
          </Button>
          <Button variant="default" onClick={close}>
            Leave it
          </Button>
        </div>
      </form>
    </Modal>
  );
}
