import { Button } from '@mantine/core';
import { Link, useNavigate } from '@tanstack/react-router';
import { type FormEvent, useDeferredValue, useMemo, useState } from 'react';
import { flushSync } from 'react-dom';
import { AmendRequest, ProfileForRequest, type ProfileForRequestQuery, RequestProfile } from '../api/operations.gen.ts';
import { useAsk, useChange } from '../api/queries.ts';
import { specInput, specOf } from '../api/spec-words.ts';
import { useViewer } from '../api/viewer.ts';
import { Notice } from '../ui/notice.tsx';
import { Card, Page } from '../ui/page.tsx';
import { agreementOf } from './agreement.ts';
import { type Draft, withAdded } from './draft.ts';
import type { Add } from './finder.tsx';
import { FirstSteps } from './first-steps.tsx';
import type { Foresight, InForce } from './foresight.ts';
import { useKeptDraft } from './kept-draft.ts';
import { KeptNotice } from './kept-notice.tsx';
import { type Missing, missingOf, saidIn } from './missing.ts';
import { NameFields } from './name-fields.tsx';
import { NameNote } from './name-note.tsx';
import { NotSent } from './not-sent.tsx';
import { PendingNotice } from './pending-notice.tsx';
import { deltaOf, previewOf } from './preview.ts';
import { PreviewLine } from './preview-line.tsx';
import { PreviewPanel } from './preview-panel.tsx';
import { Reason } from './reason.tsx';
import { isSameMeaning } from './same-meaning.ts';
import { leaveWord } from './sent.tsx';
import { SpecEditor } from './spec-editor.tsx';
import { goToFirstMissing, StillMissing } from './still-missing.tsx';
import { useForesight } from './use-foresight.ts';
import './request.css';

/** What is being written: something new, another revision, or a change of what is pending. */
export type RequestKind =
  | { readonly of: 'new' }
  | { readonly of: 'revision'; readonly team: string; readonly name: string; readonly pending: string | undefined }
  | { readonly of: 'amendment'; readonly id: string; readonly team: string; readonly name: string };

const TITLES = { new: 'Request a profile', revision: 'Request another revision', amendment: 'Change the request' };

function draftName(kind: RequestKind): string {
  if (kind.of === 'new') return 'new';
  return kind.of === 'amendment' ? `amend ${kind.id}` : `${kind.team}/${kind.name}`;
}

/** The form on one side, and what it would give, at every keystroke, on the other. */
export function RequestForm({ kind, initial }: { readonly kind: RequestKind; readonly initial: Draft }) {
  const { member } = useViewer();
  const { draft, found, change, forget } = useKeptDraft(member.id, draftName(kind), initial);
  const spec = useDeferredValue(draft.spec);
  const preview = useMemo(() => previewOf(spec), [spec]);
  const { profile, inForce } = useProfile(draft);
  const foresight = useForesight(draft, preview, inForce);
  const granted = preview.ok ? deltaOf(preview.resolution, inForce?.resolution).granted : [];
  const [checked, setChecked] = useState(false);
  // The days of a pending request cannot be changed, and only another meaning is judged anew.
  const isAmendment = kind.of === 'amendment';
  const judged = isAmendment && isSameMeaning(spec, initial.spec) ? undefined : foresight;
  const { submit, error, busy } = useSubmit(kind, draft, judged, forget);
  const missing: Missing = {
    ...missingOf(
      isAmendment ? { ...draft, days: initial.days } : draft,
      judged,
      preview.ok ? preview.resolution.sets.bounding : undefined,
      inForce?.resolution.sets.bounding,
    ),
    ...(!preview.ok && { words: preview.refusal.message }),
  };
  const said = checked ? missing : {};
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    // At once: only then are the fields marked to which one may be taken.
    flushSync(() => setChecked(true));
    if (Object.keys(missing).length === 0) submit();
    else goToFirstMissing(event.currentTarget);
  };
  const changeSpec = (next: Draft['spec']) => change({ ...draft, spec: next });
  const { sought = [] } = draft;
  const add: Add = (names, operation) =>
    change({
      ...draft,
      spec: withAdded(draft.spec, names),
      sought: operation === undefined || sought.includes(operation) ? sought : [...sought, operation],
    });
  return (
    <Page
      wide
      title={TITLES[kind.of]}
      windowTitle={TITLES[kind.of]}
      lead={
        kind.of === 'new' ? (
          <>
            A profile says which powers over the system a container gets. You ask, somebody else looks at it and
            approves.
          </>
        ) : (
          <>
            Of{' '}
            <Link to="/profiles/$team/$name" params={kind}>
              {kind.team}/{kind.name}
            </Link>
            {kind.of === 'amendment' ? '. Another meaning voids the reviews that it has.' : null}
          </>
        )
      }
    >
      {found ? <KeptNotice forget={forget} /> : null}
      {kind.of === 'revision' && kind.pending !== undefined ? <PendingNotice id={kind.pending} /> : null}
      <form className="request" onSubmit={send} noValidate>
        <PreviewLine preview={preview} foresight={foresight} />
        <div className="stack">
          {kind.of === 'new' ? (
            <Card title="1. What is it for?">
              <div className="stack">
                <NameFields draft={draft} change={change} missing={said} />
                <NameNote profile={profile} />
              </div>
            </Card>
          ) : null}
          <Card title={kind.of === 'new' ? '2. What must it be able to do?' : 'What must it be able to do?'}>
            {kind.of === 'new' ? <FirstSteps key={String(found)} spec={draft.spec} use={changeSpec} /> : null}
            <SpecEditor
              spec={draft.spec}
              change={changeSpec}
              add={add}
              refusal={preview.ok ? undefined : preview.refusal}
            />
          </Card>
          <Card title={kind.of === 'new' ? '3. Why?' : 'Why?'}>
            <Reason
              draft={draft}
              change={change}
              missing={said}
              withDays={!isAmendment}
              foresight={judged}
              granted={granted}
            />
          </Card>
          {isAmendment && checked && missing.days !== undefined ? <TooLong id={kind.id} why={missing.days} /> : null}
          <NotSent error={error} />
          <div className="row">
            <Button type="submit" size="md" loading={busy}>
              {isAmendment ? 'Change the request' : 'Send the request'}
            </Button>
            <span className="dim">Nothing is handed out before it is approved.</span>
          </div>
          <StillMissing missing={isAmendment ? { ...said, days: undefined } : said} />
        </div>
        <PreviewPanel
          preview={preview}
          inForce={inForce?.resolution}
          foresight={foresight}
          change={changeSpec}
          spec={draft.spec}
          sought={sought}
        />
      </form>
    </Page>
  );
}

/** What there is under that name now, and what is in force of it, which the request is compared with. */
function useProfile({ team, name }: Draft): {
  readonly profile: ProfileForRequestQuery['profile'] | undefined;
  readonly inForce: InForce | undefined;
} {
  const settled = useDeferredValue(name);
  const asked = useAsk(ProfileForRequest, { team, name: settled }, { enabled: team !== '' && settled !== '' });
  const profile = asked.data?.profile;
  const approved = profile?.approved;
  const inForce = useMemo(() => {
    if (approved == null) return undefined;
    const preview = previewOf(specOf(approved.spec));
    return preview.ok ? { resolution: preview.resolution, expiresAt: approved.expiresAt } : undefined;
  }, [approved]);
  return { profile, inForce };
}

function useSubmit(kind: RequestKind, draft: Draft, foresight: Foresight | undefined, forget: () => void) {
  const navigate = useNavigate();
  const asked = useChange(RequestProfile);
  const amended = useChange(AmendRequest);
  const done = (id: string) => {
    forget();
    leaveWord({ path: `/requests/${id}`, words: sentWords(kind, foresight) });
    void navigate({ to: '/requests/$id', params: { id } });
  };
  const submit = () => {
    const { team, name, spec } = draft;
    const { expiresInDays, ticket, capabilityReasons } = saidIn(draft);
    const reasons = Object.entries(capabilityReasons).map(([capability, reason]) => ({ capability, reason }));
    const said = { justification: draft.justification.trim(), ticket, capabilityReasons: reasons };
    if (kind.of === 'amendment') {
      const input = { id: kind.id, ...said, spec: specInput(spec) };
      amended.mutate({ input }, { onSuccess: ({ amendChangeRequest }) => done(amendChangeRequest.changeRequest.id) });
      return;
    }
    const input = { team, name, ...said, expiresInDays, spec: specInput(spec) };
    asked.mutate({ input }, { onSuccess: ({ requestProfile }) => done(requestProfile.changeRequest.id) });
  };
  return { submit, error: asked.error ?? amended.error, busy: asked.isPending || amended.isPending };
}

function sentWords(kind: RequestKind, foresight: Foresight | undefined): string {
  const done = kind.of === 'amendment' ? 'Changed.' : 'Sent.';
  if (foresight?.kind === 'automatic') return `${done} It is approved by itself.`;
  return foresight?.kind === 'demanding' ? `${done} ${agreementOf(foresight.demands)}.` : done;
}

function TooLong({ id, why }: { readonly id: string; readonly why: string }) {
  return (
    <Notice kind="bad" live title={`${why}, and this request asks for more`}>
      <p>
        How long it shall hold cannot be changed any more.{' '}
        <Link to="/requests/$id" params={{ id }}>
          Withdraw it
        </Link>{' '}
        and ask anew.
      </p>
    </Notice>
  );
}
