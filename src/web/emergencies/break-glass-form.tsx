import { Button, Textarea, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useDeferredValue, useId, useMemo, useState } from 'react';
import type { Spec } from '../../engine/spec.ts';
import type { PolicyDocument } from '../../policy/policy-document.ts';
import { issueAt } from '../api/issue-at.ts';
import { BreakGlass, PeopleToGiveTo } from '../api/operations.gen.ts';
import { useAsk, useChange } from '../api/queries.ts';
import { specInput } from '../api/spec-words.ts';
import { foresee } from '../request/foresight.ts';
import { previewOf } from '../request/preview.ts';
import { PreviewPanel } from '../request/preview-panel.tsx';
import { SpecEditor } from '../request/spec-editor.tsx';
import { FormProblem } from '../ui/form-problem.tsx';
import { useKeptText } from '../ui/kept-text.ts';
import { Card } from '../ui/page.tsx';
import '../request/request.css';

const FIELDS = ['person', 'hours', 'reason'];

/** Whom, for how long, why and what; and what it would give, at every keystroke. */
export function BreakGlassForm({
  team,
  name,
  policy,
  maxHours,
  start,
  known,
}: {
  readonly team: string;
  readonly name: string;
  readonly policy: PolicyDocument;
  /** The longest that the policy allows. */
  readonly maxHours: number;
  /** What to begin with. */
  readonly start: Spec;
  /** Whether that is in force. */
  readonly known: boolean;
}) {
  const navigate = useNavigate();
  const [whom, sayWhom] = useState({ person: '', hours: String(Math.min(2, maxHours)) });
  const [reason, sayReason] = useKeptText(`emergency ${team}/${name}`);
  const said = { ...whom, reason };
  const [spec, setSpec] = useState(start);
  const settled = useDeferredValue(spec);
  const preview = useMemo(() => previewOf(settled), [settled]);
  const inForce = useMemo(() => {
    const held = known ? previewOf(start) : undefined;
    return held?.ok === true ? held.resolution : undefined;
  }, [known, start]);
  const refused = useMemo(() => {
    if (!preview.ok) return undefined;
    const foresight = foresee(policy, team, preview.resolution.spec, preview.resolution, '', undefined);
    return foresight.kind === 'refused' ? foresight : undefined;
  }, [policy, team, preview]);
  const give = useChange(BreakGlass);
  const setSaid = ({ reason: why, ...next }: typeof said) => {
    sayWhom(next);
    sayReason(why);
    give.reset();
  };
  const [checked, setChecked] = useState(false);
  const missing = missingOf(said, maxHours);
  const errorOf = (field: keyof typeof missing) => (checked ? missing[field] : undefined) ?? issueAt(give.error, field);
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setChecked(true);
    if (Object.keys(missing).length > 0) {
      const [first] = FIELDS.filter((field) => field in missing);
      event.currentTarget.querySelector<HTMLElement>(`[name="${first}"]`)?.focus();
      return;
    }
    const { person, hours } = said;
    const input = { team, name, person: person.trim(), hours: Number(hours), reason: reason.trim() };
    give.mutate(
      { input: { ...input, spec: specInput(spec) } },
      {
        onSuccess: () => {
          sayReason('');
          void navigate({ to: '/profiles/$team/$name', params: { team, name } });
        },
      },
    );
  };
  return (
    <form className="request" onSubmit={send} noValidate>
      <div className="stack">
        <Card title="For whom, how long, and why?">
          <div className="stack">
            <div className="fields">
              <Person
                team={team}
                value={said.person}
                error={errorOf('person')}
                change={(person) => setSaid({ ...said, person })}
              />
              <TextInput
                name="hours"
                label="For how many hours"
                description={`The policy allows ${maxHours} at the most`}
                inputMode="numeric"
                required
                error={errorOf('hours')}
                value={said.hours}
                onChange={(event) => setSaid({ ...said, hours: event.currentTarget.value.trim() })}
              />
            </div>
            <Textarea
              name="reason"
              label="Why it cannot wait"
              description="Everybody who sees the profile is told"
              required
              autosize
              minRows={2}
              maxRows={8}
              maxLength={1_000}
              error={errorOf('reason')}
              value={said.reason}
              onChange={(event) => setSaid({ ...said, reason: event.currentTarget.value })}
            />
          </div>
        </Card>
        <Card title="What must they be able to do?">
          <SpecEditor spec={spec} change={setSpec} refusal={preview.ok ? undefined : preview.refusal} />
        </Card>
        <FormProblem error={give.error} fields={FIELDS} />
        <div className="row">
          <Button type="submit" size="md" color="red" loading={give.isPending}>
            Give it now
          </Button>
          <span className="dim">Nobody is asked before. Your name stands beside it.</span>
        </div>
      </div>
      <PreviewPanel preview={preview} inForce={inForce} foresight={refused} spec={spec} change={setSpec} />
    </form>
  );
}

/** People of the team are proposed; anybody of the organization can be named. */
function Person({
  team,
  value,
  error,
  change,
}: {
  readonly team: string;
  readonly value: string;
  readonly error: string | undefined;
  readonly change: (person: string) => void;
}) {
  const list = useId();
  const members = useAsk(PeopleToGiveTo, { team }).data?.team?.members ?? [];
  return (
    <>
      <TextInput
        name="person"
        label="Who gets it"
        description="Email of one person; nobody else can use it"
        type="email"
        autoComplete="off"
        required
        list={list}
        error={error}
        value={value}
        onChange={(event) => change(event.currentTarget.value)}
      />
      <datalist id={list}>
        {members.map(({ member }) => (
          <option key={member.id} value={member.login} />
        ))}
      </datalist>
    </>
  );
}

function missingOf(
  { person, hours, reason }: { readonly person: string; readonly hours: string; readonly reason: string },
  maxHours: number,
): Partial<Record<'person' | 'hours' | 'reason', string>> {
  const isNumber = /^[1-9]\d{0,3}$/.test(hours);
  return {
    ...(person.trim() === '' && { person: 'Say who gets it' }),
    ...((!isNumber || Number(hours) > maxHours) && { hours: `A whole number of hours, 1 to ${maxHours}` }),
    ...(reason.trim() === '' && { reason: 'Say why it cannot wait' }),
  };
}
