import { Button, Modal, Textarea } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { Revoke } from '../api/operations.gen.ts';
import { useChange } from '../api/queries.ts';
import { useKeptText } from '../ui/kept-text.ts';
import { Problem } from '../ui/notice.tsx';
import type { ProfileSeen } from './profile-page.tsx';

/** Takes what is in force back, with a reason. */
export function RevokeButton({ profile }: { readonly profile: ProfileSeen }) {
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useKeptText(`revoke ${profile.id}`);
  const revoke = useChange(Revoke);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const input = { team: profile.team.slug, name: profile.name, reason: reason.trim() };
    const done = () => {
      setReason('');
      setOpen(false);
    };
    revoke.mutate({ input }, { onSuccess: done });
  };
  return (
    <>
      <Button variant="outline" color="red" onClick={() => setOpen(true)}>
        Revoke
      </Button>
      <Modal opened={open} onClose={() => setOpen(false)} title={`Revoke ${profile.name}?`}>
        <form className="stack" onSubmit={submit}>
          <p>From this moment exports of it are refused, everywhere. Containers that run keep what they have.</p>
          <Textarea
            label="Why"
            description="Everybody who asks for it is told"
            required
            autosize
            minRows={2}
            maxLength={1_000}
            data-autofocus
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          {revoke.error === null ? null : <Problem error={revoke.error} />}
          <div className="row">
            <Button type="submit" color="red" loading={revoke.isPending}>
              Revoke it now
            </Button>
            <Button variant="default" onClick={() => setOpen(false)}>
              Keep it
            </Button>
          </div>
        </form>
      </Modal>
    </>
  );
}
