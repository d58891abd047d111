import { Button, Textarea } from '@mantine/core';
import type { FormEvent } from 'react';
import { AcceptSuggestion, Say } from '../api/operations.gen.ts';
import { useChange } from '../api/queries.ts';
import { specOf } from '../api/spec-words.ts';
import { useViewer } from '../api/viewer.ts';
import { previewOf } from '../request/preview.ts';
import { useKeptText } from '../ui/kept-text.ts';
import { Problem } from '../ui/notice.tsx';
import { Card } from '../ui/page.tsx';
import { SpecWords } from '../ui/spec-words.tsx';
import { Tier } from '../ui/tier.tsx';
import { Unsent } from '../ui/unsent.tsx';
import { When } from '../ui/when.tsx';
import type { RequestSeen } from './review-page.tsx';

type CommentSeen = RequestSeen['comments'][number];

const discussionText = ({ id }: RequestSeen): string => `say ${id}`;

/** What people said about the request, and what they would rather have. */
export function Discussion({ request }: { readonly request: RequestSeen }) {
  const { scopes } = useViewer();
  const pending = request.state === 'PENDING';
  if (!pending && request.comments.length === 0) return <Unsent what={discussionText(request)} />;
  return (
    <Card id="discussion" title="Discussion">
      <div className="stack">
        {request.comments.length === 0 ? <p className="dim">Nobody has said anything yet.</p> : null}
        <ol className="comments">
          {request.comments.map((comment) => (
            <li key={comment.id}>
              <p>
                <strong>{comment.author.login}</strong>{' '}
                <span className="dim">
                  <When at={comment.createdAt} />
                </span>
              </p>
              <p className="prose">{comment.body}</p>
              {comment.suggestion === null ? null : <SuggestionCard request={request} comment={comment} />}
            </li>
          ))}
        </ol>
        {pending && scopes.includes('requests:write') ? (
          <NewComment request={request} />
        ) : (
          <Unsent what={discussionText(request)} />
        )}
      </div>
    </Card>
  );
}

/** A spec that grants less; its author takes it over by one press. */
function SuggestionCard({ request, comment }: { readonly request: RequestSeen; readonly comment: CommentSeen }) {
  const viewer = useViewer();
  const accept = useChange(AcceptSuggestion);
  const { suggestion } = comment;
  if (suggestion === null) return null;
  const spec = specOf(suggestion.spec);
  const preview = previewOf(spec);
  const isTaken = suggestion.digest === request.revision.digest;
  const isOutdated = !isTaken && suggestion.for !== request.revision.digest;
  return (
    <div className="suggestion">
      <div className="row">
        <strong>Suggests to ask for less</strong>
        {preview.ok ? <Tier tier={preview.risk.tier} score={preview.risk.score} /> : null}
      </div>
      <SpecWords spec={spec} />
      {isTaken ? <p className="dim">This is what is being asked now.</p> : null}
      {isOutdated ? <p className="dim">It was for a former revision.</p> : null}
      {!isTaken &&
      !isOutdated &&
      request.state === 'PENDING' &&
      request.author.id === viewer.member.id &&
      viewer.scopes.includes('requests:write') ? (
        <Button
          size="xs"
          loading={accept.isPending}
          onClick={() => accept.mutate({ input: { id: request.id, suggestion: comment.id } })}
        >
          Ask for this instead
        </Button>
      ) : null}
      {accept.error === null ? null : <Problem error={accept.error} />}
    </div>
  );
}

function NewComment({ request }: { readonly request: RequestSeen }) {
  const [body, setBody] = useKeptText(discussionText(request));
  const say = useChange(Say);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (body.trim() === '') return;
    say.mutate({ input: { id: request.id, body: body.trim() } }, { onSuccess: () => setBody('') });
  };
  return (
    <form className="stack" onSubmit={submit}>
      <Textarea
        label="Ask or answer"
        autosize
        minRows={2}
        maxRows={10}
        maxLength={4_000}
        value={body}
        onChange={(event) => setBody(event.currentTarget.value)}
      />
      {say.error === null ? null : <Problem error={say.error} />}
      <div>
        <Button type="submit" variant="default" size="xs" loading={say.isPending}>
          Say it
        </Button>
      </div>
    </form>
  );
}
