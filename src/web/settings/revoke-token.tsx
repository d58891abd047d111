import { Button, Modal } from '@mantine/core';
import { EndToken, type TokenFactsFragment } from '../api/operations.gen.ts';
import { useChange } from '../api/queries.ts';
import { Problem } from '../ui/notice.tsx';
import { When } from '../ui/when.tsx';

/** Ends a token for good, once somebody has said that they mean it. */
export function RevokeToken({ token, close }: { readonly token: TokenFactsFragment; readonly close: () => void }) {
  const end = useChange(EndToken);
  const { id, name, owner, lastUsedAt } = token;
  return (
    <Modal opened onClose={close} title={`Revoke “${name}”?`}>
      <div className="stack">
        <p>
          Whatever uses it as {owner.login} is refused from this moment on, with either secret, and it cannot be brought
          back.
        </p>
        <p className="dim">
          {lastUsedAt === null ? (
            'It was never used.'
          ) : (
            <>
              It was used last <When at={lastUsedAt} />.
            </>
          )}
        </p>
        {end.error === null ? null : <Problem error={end.error} />}
        <div className="row">
          <Button
            color="red"
            loading={end.isPending}
            onClick={() => end.mutate({ input: { id } }, { onSuccess: close })}
          >
            Revoke it now
          </Button>
          <Button variant="default" onClick={close} data-autofocus>
            Keep it
          </Button>
        </div>
      </div>
    </Modal>
  );
}
