import { Button, Textarea } from '@mantine/core';
import { useState } from 'react';
import type { PolicyDocument } from '../../policy/policy-document.ts';
import { PolicyPageData, Propose, Simulate } from '../api/operations.gen.ts';
import { useAsk, useChange } from '../api/queries.ts';
import { governs, useViewer } from '../api/viewer.ts';
import { useKeptText } from '../ui/kept-text.ts';
import { Notice, Problem } from '../ui/notice.tsx';
import { Card, Page, Waiting } from '../ui/page.tsx';
import { When } from '../ui/when.tsx';
import { PolicyWords } from './policy-words.tsx';
import { Proposals } from './proposals.tsx';
import { SettingsTabs } from './settings-tabs.tsx';
import { Simulation } from './simulation.tsx';
import './settings.css';

/** Who has to approve what: in words, and what another policy would have made of the last requests. */
export function PolicyPage() {
  const viewer = useViewer();
  const asked = useAsk(PolicyPageData, {});
  const data = asked.data;
  return (
    <Page title="Settings" windowTitle="Policy">
      <SettingsTabs />
      {asked.isError && data === undefined ? <Problem error={asked.error} retry={() => void asked.refetch()} /> : null}
      {data === undefined && !asked.isError ? <Waiting /> : null}
      {data === undefined ? null : (
        <>
          <Card
            title={
              data.policy.version === 0 ? 'The policy that everybody begins with' : `Policy ${data.policy.version}`
            }
            aside={
              data.policy.inForceFrom === null ? null : (
                <span className="dim">
                  in force <When at={data.policy.inForceFrom} />
                </span>
              )
            }
          >
            <PolicyWords policy={data.policy.document as PolicyDocument} />
          </Card>
          <Proposals proposals={data.policyProposals.nodes} />
          {governs(viewer) ? <Draft policy={data.policy.document} /> : null}
        </>
      )}
    </Page>
  );
}

function parse(text: string): { readonly document?: unknown; readonly error?: string } {
  try {
    return { document: JSON.parse(text) as unknown };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}

function Draft({ policy }: { readonly policy: unknown }) {
  const inForce = JSON.stringify(policy, null, 2);
  const [text, setText] = useKeptText('policy', inForce);
  const [why, setWhy] = useKeptText('policy why');
  const [tried, setTried] = useState<unknown>();
  const propose = useChange(Propose);
  const simulation = useAsk(Simulate, { document: tried }, { enabled: tried !== undefined });
  const { document, error } = parse(text);
  const sent = () => {
    setText(inForce);
    setWhy('');
  };
  return (
    <Card title="Propose another one">
      <div className="stack">
        <Textarea
          label="The whole policy"
          description="As JSON; docs/policy.md explains every part of it"
          autosize
          minRows={8}
          maxRows={24}
          spellCheck={false}
          classNames={{ input: 'mono' }}
          error={error}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <div className="row">
          <Button
            variant="default"
            disabled={document === undefined}
            loading={simulation.isFetching}
            onClick={() => setTried(document)}
          >
            Try it on the last 50 requests
          </Button>
          {text === inForce ? null : (
            <Button variant="subtle" onClick={() => setText(inForce)}>
              Begin anew from what is in force
            </Button>
          )}
        </div>
        {simulation.error === null ? null : <Problem error={simulation.error} />}
        {simulation.data === undefined || simulation.error !== null ? null : (
          <Simulation requests={simulation.data.simulatePolicy} />
        )}
        <Textarea
          label="Why"
          required
          autosize
          minRows={2}
          value={why}
          onChange={(event) => setWhy(event.currentTarget.value)}
        />
        {propose.error === null ? null : <Problem error={propose.error} />}
        {propose.isSuccess ? <Notice kind="good" live title="Proposed: it comes in force once it is approved" /> : null}
        <div>
          <Button
            loading={propose.isPending}
            disabled={document === undefined || why.trim() === ''}
            onClick={() => propose.mutate({ input: { document, justification: why.trim() } }, { onSuccess: sent })}
          >
            Propose it
          </Button>
        </div>
      </div>
    </Card>
  );
}
