import { Button } from '@mantine/core';
import { Link, useNavigate } from '@tanstack/react-router';
import { type FormEvent, useDeferredValue, useMemo, useState } from 'react';
import type { PolicyDocument } from '../../policy/policy-document.ts';
import { AmendRequest, PolicyInForce, ProfileForRequest, RequestProfile } from '../api/operations.gen.ts';
import { useAsk, useChange } from '../api/queries.ts';
import { specInput, specOf } from '../api/spec-words.ts';
import { useViewer } from '../api/viewer.ts';
import { Notice, Problem } from '../ui/notice.tsx';
import { Card, Page } from '../ui/page.tsx';
import type { Draft } from './draft.ts';
import { FirstSteps } from './first-steps.tsx';
import { type Foresight, foresee, type InForce } from './foresight.ts';
import { useKeptDraft } from './kept-draft.ts';
import { NameFields } from './name-fields.tsx';
import { deltaOf, type Preview, previewOf } from './preview.ts';
import { PreviewPanel } from './preview-panel.tsx';
import { Reason } from './reason.tsx';
import { SpecEditor } from './spec-editor.tsx';
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
  const inForce = useInForce(draft);
  const foresight = useForesight(draft, preview, inForce);
  const granted = preview.ok ? deltaOf(preview.resolution, inForce?.resolution).granted : [];
  const { submit, error, busy } = useSubmit(kind, draft, forget);
  const [checked, setChecked] = useState(false);
  const missing = missingOf(draft, foresight, granted);
  const send = (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    if (Object.keys(missing).length === 0) submit();
    else
      document
        .querySelector<HTMLElement>('[data-missing] input, [data-missing] textarea, [data-missing] select')
        ?.focus();
  };
  const changeSpec = (next: Draft['spec']) => change({ ...draft, spec: next });
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
      {found ? <Kept forget={forget} /> : null}
      {kind.of === 'revision' && kind.pending !== undefined ? <Pending id={kind.pending} /> : null}
      <form className="request" onSubmit={send} noValidate>
        <div className="stack">
          {kind.of === 'new' ? (
            <Card title="1. What is it for?">
              <NameFields draft={draft} change={change} missing={checked ? missing : {}} />
            </Card>
          ) : null}
          <Card title={kind.of === 'new' ? '2. What must it be able to do?' : 'What must it be able to do?'}>
            {kind.of === 'new' ? (
              <FirstSteps runtime={draft.spec.runtime} use={(next) => change({ ...draft, ...next })} />
            ) : null}
            <SpecEditor spec={draft.spec} change={changeSpec} refusal={preview.ok ? undefined : preview.refusal} />
          </Card>
          <Card title={kind.of === 'new' ? '3. Why?' : 'Why?'}>
            <Reason
              draft={draft}
              change={change}
              missing={checked ? missing : {}}
              withDays={kind.of !== 'amendment'}
              foresight={foresight}
              granted={granted}
            />
          </Card>
          {error === null ? null : <Problem error={error} />}
          <div className="row">
            <Button type="submit" size="md" loading={busy}>
              {kind.of === 'amendment' ? 'Change the request' : 'Send the request'}
            </Button>
            <span className="dim">Nothing is handed out before it is approved.</span>
          </div>
        </div>
        <PreviewPanel
          preview={preview}
          inForce={inForce?.resolution}
          foresight={foresight}
          change={changeSpec}
          spec={draft.spec}
        />
      </form>
    </Page>
  );
}

/** What is in force under that name now, which the request is compared with. */
function useInForce({ team, name }: Draft): InForce | undefined {
  const settled = useDeferredValue(name);
  const asked = useAsk(ProfileForRequest, { team, name: settled }, { enabled: team !== '' && settled !== '' });
  const approved = asked.data?.profile?.approved;
  return useMemo(() => {
    if (approved == null) return undefined;
    const preview = previewOf(specOf(approved.spec));
    return preview.ok ? { resolution: preview.resolution, expiresAt: approved.expiresAt } : undefined;
  }, [approved]);
}

/** What the policy in force will ask; undefined while it is not known. */
function useForesight({ team, days }: Draft, preview: Preview, inForce: InForce | undefined): Foresight | undefined {
  const policy = useAsk(PolicyInForce, {}).data?.policy.document as PolicyDocument | undefined;
  return useMemo(() => {
    if (policy === undefined || !preview.ok) return undefined;
    const { resolution } = preview;
    return foresee(policy, team, resolution.spec, resolution, days, inForce);
  }, [policy, preview, team, days, inForce]);
}

/** What has to be said before it can be sent, by field. */
export type Missing = Partial<Record<'team' | 'name' | 'justification' | 'days' | 'ticket' | 'reasons', string>>;

function missingOf(draft: Draft, foresight: Foresight | undefined, granted: readonly string[]): Missing {
  const { team, name, justification, days, ticket, reasons } = draft;
  const demanding = foresight?.kind === 'demanding' ? foresight : undefined;
  const longest = demanding?.longestLifeDays ?? null;
  const isTooLong = longest !== null && (days === '' || Number(days) > longest);
  const unsaid = demanding?.justifyEach === true && granted.some((one) => (reasons[one] ?? '').trim() === '');
  return {
    ...(team === '' && { team: 'Choose the team that the container belongs to' }),
    ...(!/^[a-z0-9](?:[a-z0-9._-]{0,61}[a-z0-9])?$/.test(name) && {
      name: 'Use 1 to 63 small letters, digits, dots and hyphens, such as edge-proxy',
    }),
    ...(justification.trim() === '' && { justification: 'Say what it is needed for: it is what reviewers go by' }),
    ...(isTooLong && { days: `The policy lets this hold for ${longest} days at the most` }),
    ...(demanding?.ticket === true && ticket === '' && { ticket: 'The policy asks for a link to a ticket' }),
    ...(unsaid && { reasons: 'The policy asks why each of these is needed' }),
    ...(days !== '' && !/^[1-9]\d{0,3}$/.test(days) && { days: 'A whole number of days, 1 to 3650' }),
  };
}

function useSubmit(kind: RequestKind, draft: Draft, forget: () => void) {
  const navigate = useNavigate();
  const asked = useChange(RequestProfile);
  const amended = useChange(AmendRequest);
  const done = (id: string) => {
    forget();
    void navigate({ to: '/requests/$id', params: { id } });
  };
  const submit = () => {
    const { team, name, spec, days } = draft;
    const said = {
      justification: draft.justification.trim(),
      ticket: draft.ticket === '' ? null : draft.ticket,
      capabilityReasons: Object.entries(draft.reasons)
        .map(([capability, reason]) => ({ capability, reason: reason.trim() }))
        .filter(({ reason }) => reason !== ''),
    };
    if (kind.of === 'amendment') {
      const input = { id: kind.id, ...said, spec: specInput(spec) };
      amended.mutate({ input }, { onSuccess: ({ amendChangeRequest }) => done(amendChangeRequest.changeRequest.id) });
      return;
    }
    const expiresInDays = days === '' ? null : Number(days);
    const input = { team, name, ...said, expiresInDays, spec: specInput(spec) };
    asked.mutate({ input }, { onSuccess: ({ requestProfile }) => done(requestProfile.changeRequest.id) });
  };
  return { submit, error: asked.error ?? amended.error, busy: asked.isPending || amended.isPending };
}

function Kept({ forget }: { readonly forget: () => void }) {
  return (
    <Notice title="This is your draft from before">
      <Button size="compact-sm" variant="subtle" onClick={forget}>
        Discard it and begin anew
      </Button>
    </Notice>
  );
}

function Pending({ id }: { readonly id: string }) {
  return (
    <Notice kind="warn" title="A request for this profile is pending">
      <p>
        There is one at a time.{' '}
        <Link to="/requests/$id" params={{ id }}>
          Look at it
        </Link>
        : it can be changed or withdrawn.
      </p>
    </Notice>
  );
}
