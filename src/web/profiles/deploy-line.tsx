import { Button, Modal, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { FormatId } from '../../formats/formats.ts';
import { MakeToken } from '../api/operations.gen.ts';
import { useChange } from '../api/queries.ts';
import { isOwner, useViewer } from '../api/viewer.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import { Problem } from '../ui/notice.tsx';
import { SecretOnce } from '../ui/secret-once.tsx';
import { exportPath } from './export-path.ts';

interface Place {
  readonly team: string;
  readonly name: string;
  readonly format: FormatId;
}

const curlLine = ({ team, name, format }: Place): string =>
  `curl -fsS -H "Authorization: Bearer $CAPWARD_TOKEN" '${globalThis.location.origin}${exportPath(team, name, format)}'`;

/** What to paste into deploy tooling, so that it always gets what is in force. */
export function DeployLine({ team, name, format }: Place) {
  const line = curlLine({ team, name, format });
  return (
    <div className="deploy">
      <h3>In deploy tooling</h3>
      <p className="dim">It asks each time, so a revocation takes effect at once.</p>
      <div className="line">
        <code>{line}</code>
        <CopyButton small text={line} what="the line" />
      </div>
      <TokenForIt team={team} />
    </div>
  );
}

/** A token that can do nothing else than fetch what is in force for that team. */
function TokenForIt({ team }: { readonly team: string }) {
  const viewer = useViewer();
  const [open, setOpen] = useState(false);
  const maintains = viewer.teams.some((mine) => mine.team.slug === team && mine.role === 'MAINTAINER');
  if (!viewer.scopes.includes('admin') || !(maintains || isOwner(viewer))) {
    return <p className="dim small">Owners and maintainers of the team make the token for it.</p>;
  }
  return (
    <>
      <Button variant="default" size="xs" onClick={() => setOpen(true)}>
        Make a token for it
      </Button>
      <Modal opened={open} onClose={() => setOpen(false)} title="A token for deploy tooling" centered>
        <NewToken team={team} close={() => setOpen(false)} />
      </Modal>
    </>
  );
}

function NewToken({ team, close }: { readonly team: string; readonly close: () => void }) {
  const [owner, setOwner] = useState(`deploy-${team}`);
  const make = useChange(MakeToken);
  const secret = make.data?.createToken.secret;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    make.mutate({ input: { name: `exports for ${team}`, owner, scopes: ['profiles:export'], teams: [team] } });
  };
  if (secret !== undefined) {
    return (
      <div className="stack">
        <SecretOnce secret={secret} />
        <p className="dim">Put it into the variable CAPWARD_TOKEN of the deploy job. It ends in 90 days.</p>
        <Button onClick={close}>Done</Button>
      </div>
    );
  }
  return (
    <form className="stack" onSubmit={submit}>
      <p>It fetches what is in force for the team {team}, and can do nothing else.</p>
      <TextInput
        label="Service account"
        description="Made on first use"
        required
        value={owner}
        onChange={(event) => setOwner(event.currentTarget.value)}
      />
      {make.error === null ? null : <Problem error={make.error} />}
      <Button type="submit" loading={make.isPending}>
        Make the token
      </Button>
    </form>
  );
}
