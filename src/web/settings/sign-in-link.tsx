import { Button, Modal } from '@mantine/core';
import { MakeLink } from '../api/operations.gen.ts';
import { useChange } from '../api/queries.ts';
import { useViewer } from '../api/viewer.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import { Notice, Problem } from '../ui/notice.tsx';
import { When } from '../ui/when.tsx';

/** Makes a link that signs somebody in, once. It is shown once too. */
export function SignInLink({ login, close }: { readonly login: string; readonly close: () => void }) {
  const viewer = useViewer();
  const make = useChange(MakeLink);
  const link = make.data?.createSignInLink;
  const isOwn = login === viewer.member.login;
  return (
    <Modal opened onClose={close} title={isOwn ? 'A sign-in link for you' : `A sign-in link for ${login}`}>
      <div className="stack">
        {link === undefined ? (
          <>
            <p>
              {isOwn
                ? 'It signs you in once, within 15 minutes, in whatever browser it is opened.'
                : 'It signs them in once, within 15 minutes. You count as behind what is done with it: they cannot review what you ask for.'}
            </p>
            {make.error === null ? null : <Problem error={make.error} />}
            <Button loading={make.isPending} onClick={() => make.mutate({ input: { member: login } })}>
              Make the link
            </Button>
          </>
        ) : (
          <>
            <Notice kind="good" live title="Copy it now: it is shown this once">
              <div className="line">
                <code>{link.url}</code>
                <CopyButton small text={link.url} what="the link" />
              </div>
            </Notice>
            <p className="dim">
              It works once, and ends unused <When at={link.expiresAt} />.
            </p>
            <Button onClick={close}>Done</Button>
          </>
        )}
      </div>
    </Modal>
  );
}
