import { Button, Checkbox, Modal, Textarea } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { Suggest } from '../api/operations.gen.ts';
import { useChange } from '../api/queries.ts';
import { specInput, specOf } from '../api/spec-words.ts';
import { withoutCapabilities, wordsOf } from '../request/draft.ts';
import { previewOf } from '../request/preview.ts';
import { shortName, summaryOf } from '../ui/capability.tsx';
import { useKeptText } from '../ui/kept-text.ts';
import { Problem } from '../ui/notice.tsx';
import { Tier } from '../ui/tier.tsx';
import type { RequestSeen } from './review-page.tsx';

export const suggestionText = ({ id }: RequestSeen): string => `suggest ${id}`;

/** Answers the request with one that grants less: the author accepts it by one press. */
export function SuggestLess({ request }: { readonly request: RequestSeen }) {
  const [open, setOpen] = useState(false);
  if (request.revision.resolution.bounding.length === 0) return null;
  return (
    <>
      <Button variant="default" onClick={() => setOpen(true)}>
        Suggest less
      </Button>
      <Modal opened={open} onClose={() => setOpen(false)} title="Suggest less" size="lg">
        <Choice request={request} close={() => setOpen(false)} />
      </Modal>
    </>
  );
}

function Choice({ request, close }: { readonly request: RequestSeen; readonly close: () => void }) {
  const { bounding, risk } = request.revision.resolution;
  const { digest } = request.revision;
  const proposed = (risk.toNextLowerTier?.drop ?? []).join(' ');
  const [dropped, setDropped] = useKeptText(`${suggestionText(request)} ${digest}`, proposed);
  const without = wordsOf(dropped);
  const [body, setBody] = useKeptText(suggestionText(request));
  const suggest = useChange(Suggest);
  const spec = withoutCapabilities(specOf(request.revision.spec), without);
  const preview = previewOf(spec);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const input = { id: request.id, digest, body: body.trim(), spec: specInput(spec) };
    const done = () => {
      setBody('');
      setDropped(proposed);
      close();
    };
    suggest.mutate({ input }, { onSuccess: done });
  };
  return (
    <form className="stack" onSubmit={submit}>
      <fieldset>
        <legend>What it may keep</legend>
        <div className="stack keep">
          {bounding.map((name) => (
            <Checkbox
              key={name}
              label={shortName(name)}
              description={summaryOf(name)}
              checked={!without.includes(name)}
              onChange={(event) =>
                setDropped(
                  (event.currentTarget.checked ? without.filter((one) => one !== name) : [...without, name]).join(' '),
                )
              }
            />
          ))}
        </div>
      </fieldset>
      {preview.ok ? (
        <p className="row">
          It would be <Tier tier={preview.risk.tier} score={preview.risk.score} />
        </p>
      ) : null}
      <Textarea
        label="Why"
        required
        autosize
        minRows={2}
        maxLength={4_000}
        value={body}
        onChange={(event) => setBody(event.currentTarget.value)}
      />
      {suggest.error === null ? null : <Problem error={suggest.error} />}
      <div className="row">
        <Button type="submit" loading={suggest.isPending} disabled={without.length === 0}>
          Suggest it
        </Button>
        <Button variant="default" onClick={close}>
          Leave it
        </Button>
      </div>
    </form>
  );
}
