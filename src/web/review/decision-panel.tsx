import { Button, Modal, Textarea } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { type RefObject, useLayoutEffect, useRef, useState } from 'react';
import { Decide, Withdraw } from '../api/operations.gen.ts';
import { useChange } from '../api/queries.ts';
import { decides, maintains, useViewer, type ViewerSeen } from '../api/viewer.ts';
import { Icon } from '../ui/icon.tsx';
import { useKeptText } from '../ui/kept-text.ts';
import { Problem } from '../ui/notice.tsx';
import { Card } from '../ui/page.tsx';
import { Unsent } from '../ui/unsent.tsx';
import { useKeys } from './keys.ts';
import type { RequestSeen } from './review-page.tsx';
import { SuggestLess, suggestionText } from './suggest-less.tsx';
import { talkWords } from './talk-words.ts';
import { Votes } from './votes.tsx';

/** Who has decided, who still has to, and what whoever looks can do. */
export function DecisionPanel({ request, outdated }: { readonly request: RequestSeen; readonly outdated: boolean }) {
  const viewer = useViewer();
  const why = reasonNotTo(request, viewer, outdated);
  const isAuthor = request.author.id === viewer.member.id;
  const pending = request.state === 'PENDING';
  const mayChange = pending && viewer.scopes.includes('requests:write');
  const mayDecide = pending && why === undefined;
  const state = useRef<HTMLDivElement>(null);
  const maySuggest = pending && !isAuthor && decides(viewer) && !outdated;
  return (
    <aside className="decision" aria-label="Decision">
      <Card title="Decision">
        <div className="stack">
          <Votes request={request} landing={state}>
            {pending && why !== undefined ? <p className="dim">{why}</p> : null}
          </Votes>
          {request.commentCount === 0 ? null : (
            <p className="row small">
              <Icon name="comment" size={15} />
              <a href="#discussion">{talkWords(request.commentCount, request.suggestionCount)}</a>
            </p>
          )}
          {mayDecide ? <Verdict request={request} landing={state} /> : <Unsent what={commentText(request)} />}
          {maySuggest ? <SuggestLess request={request} /> : <Unsent what={suggestionText(request)} />}
          {mayChange && isAuthor ? <OwnRequest request={request} /> : null}
          {mayChange && !isAuthor && maintains(viewer, request.profile.team.id) ? <TakeBack request={request} /> : null}
        </div>
      </Card>
    </aside>
  );
}

const commentText = ({ id }: RequestSeen): string => `verdict ${id}`;

/** Why whoever looks cannot decide; undefined where they can. The service judges it again. */
function reasonNotTo(request: RequestSeen, viewer: ViewerSeen, outdated: boolean): string | undefined {
  if (request.author.id === viewer.member.id) return 'You asked for this, so others decide.';
  if (!decides(viewer)) {
    const { orgRole } = viewer.member;
    return orgRole === 'OWNER' || orgRole === 'APPROVER'
      ? 'Your role decides, but this token lacks the scope requests:review.'
      : 'Approvers decide this.';
  }
  const voted = request.reviews.some(({ standing, reviewer }) => standing && reviewer.id === viewer.member.id);
  if (voted) return 'You have decided. It takes somebody else now.';
  if (outdated) return 'Look at the new revision to decide.';
  if (!request.awaitsMyReview && !request.staleJudgement)
    return 'Your approval would not count: the policy asks for other people.';
  return undefined;
}

function Verdict({
  request,
  landing,
}: {
  readonly request: RequestSeen;
  /** What says how it stands: where the focus goes once there is nothing to decide any more. */
  readonly landing: RefObject<HTMLDivElement | null>;
}) {
  const whole = useRef<HTMLDivElement>(null);
  const sent = useRef(false);
  useLayoutEffect(
    () => () => {
      if (sent.current || whole.current?.contains(document.activeElement)) landing.current?.focus();
    },
    [landing],
  );
  const [comment, setComment] = useKeptText(commentText(request));
  const box = useRef<HTMLTextAreaElement>(null);
  const decide = useChange(Decide);
  const send = (verdict: 'APPROVE' | 'REJECT') => {
    if (decide.isPending) return;
    if (verdict === 'REJECT' && comment.trim() === '') {
      box.current?.focus();
      setMissing(true);
      return;
    }
    const { id, revision } = request;
    const said = comment.trim() === '' ? null : comment.trim();
    sent.current = true;
    decide.mutate(
      { input: { id, digest: revision.digest, verdict, comment: said } },
      { onSuccess: () => setComment('') },
    );
  };
  const [missing, setMissing] = useState(false);
  const approve = useRef<HTMLButtonElement>(null);
  const reject = useRef<HTMLButtonElement>(null);
  useKeys({
    a: () => approve.current?.focus(),
    r: () => reject.current?.focus(),
    c: () => box.current?.focus(),
  });
  return (
    <div ref={whole} className="stack verdict">
      <Textarea
        ref={box}
        label="What you say to it"
        description="Needed to reject; kept in the history"
        autosize
        minRows={2}
        maxRows={10}
        maxLength={4_000}
        error={missing && comment.trim() === '' ? 'Say why, so that they can ask for something better' : undefined}
        value={comment}
        onChange={(event) => setComment(event.currentTarget.value)}
      />
      <div className="verdict-buttons">
        {request.staleJudgement ? null : (
          <Button
            ref={approve}
            leftSection={<Icon name="check" />}
            loading={decide.isPending && decide.variables?.input.verdict === 'APPROVE'}
            onClick={() => send('APPROVE')}
          >
            Approve
            <kbd aria-hidden="true">a</kbd>
          </Button>
        )}
        <Button
          ref={reject}
          variant="outline"
          color="red"
          leftSection={<Icon name="cross" />}
          loading={decide.isPending && decide.variables?.input.verdict === 'REJECT'}
          onClick={() => send('REJECT')}
        >
          Reject
          <kbd aria-hidden="true">r</kbd>
        </Button>
      </div>
      <p className="dim small">
        Your decision is about exactly this: <code>{request.revision.digest.slice(0, 19)}…</code>
      </p>
      {decide.error === null ? null : <Problem error={decide.error} />}
    </div>
  );
}

/** What the author can still do. */
function OwnRequest({ request }: { readonly request: RequestSeen }) {
  const navigate = useNavigate();
  return (
    <div className="row">
      <Button variant="default" onClick={() => void navigate({ to: '/request', search: { amend: request.id } })}>
        Change it
      </Button>
      <TakeBack request={request} />
    </div>
  );
}

function TakeBack({ request }: { readonly request: RequestSeen }) {
  const [open, setOpen] = useState(false);
  const withdraw = useChange(Withdraw);
  return (
    <>
      <Button variant="subtle" color="red" onClick={() => setOpen(true)}>
        Withdraw it
      </Button>
      <Modal opened={open} onClose={() => setOpen(false)} title="Withdraw this request?">
        <div className="stack">
          <p>It is closed, and nobody can approve it any more. Somebody can ask anew at any time.</p>
          {withdraw.error === null ? null : <Problem error={withdraw.error} />}
          <div className="row">
            <Button
              color="red"
              loading={withdraw.isPending}
              onClick={() => withdraw.mutate({ input: { id: request.id } }, { onSuccess: () => setOpen(false) })}
            >
              Withdraw it
            </Button>
            <Button variant="default" onClick={() => setOpen(false)}>
              Keep it
            </Button>
          </div>
        </div>
      </Modal>
    </>
  );
}
