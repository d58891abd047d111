import { Button, Modal } from '@mantine/core';
import { RemovePerson as Remove } from '../api/operations.gen.ts';
import { useChange } from '../api/queries.ts';
import { Problem } from '../ui/notice.tsx';

/** Takes somebody out of the organization, once an owner has said that they mean it. */
export function RemovePerson({ login, close }: { readonly login: string; readonly close: () => void }) {
  const remove = useChange(Remove);
  const known = remove.data?.removeMember.tokensKnown;
  return (
    <Modal opened onClose={close} title={known === undefined ? `Take ${login} out?` : `${login} has left`}>
      {known === undefined ? (
        <div className="stack">
          <p>
            Their tokens and sessions end at once, they are in no team any more, and nobody can make anything new for
            them until an owner brings them back. What they asked and decided stays in the history.
          </p>
          {remove.error === null ? null : <Problem error={remove.error} />}
          <div className="row">
            <Button color="red" loading={remove.isPending} onClick={() => remove.mutate({ input: { login } })}>
              Take them out
            </Button>
            <Button variant="default" onClick={close} data-autofocus>
              Keep them
            </Button>
          </div>
        </div>
      ) : (
        <div className="stack" role="status">
          <p>Nothing acts for them any more.</p>
          {known.length === 0 ? null : (
            <>
              <p>They have made these tokens for others and may know their secrets: rotate them.</p>
              <ul className="plain-list">
                {known.map(({ id, name, owner }) => (
                  <li key={id}>
                    {name}, of {owner.login}
                  </li>
                ))}
              </ul>
            </>
          )}
          <Button onClick={close} data-autofocus>
            Done
          </Button>
        </div>
      )}
    </Modal>
  );
}
