import { Button } from '@mantine/core';
import type { PolicyDocument } from '../../policy/policy-document.ts';
import { DecidePolicy, type PolicyPageDataQuery, WithdrawPolicy } from '../api/operations.gen.ts';
import { useChange } from '../api/queries.ts';
import { governs, useViewer } from '../api/viewer.ts';
import { RequestStateBadge } from '../review/request-state.tsx';
import { demandWords } from '../ui/demand-words.ts';
import { Problem } from '../ui/notice.tsx';
import { Card } from '../ui/page.tsx';
import { When } from '../ui/when.tsx';
import { PolicyWords } from './policy-words.tsx';

type Proposal = PolicyPageDataQuery['policyProposals']['nodes'][number];

/** Policies that somebody proposed, the pending one with what can be done about it. */
export function Proposals({ proposals }: { readonly proposals: readonly Proposal[] }) {
  return proposals.map((proposal) => <ProposalCard key={proposal.id} proposal={proposal} />);
}

function ProposalCard({ proposal }: { readonly proposal: Proposal }) {
  const { author, createdAt, justification, state, document, requirements } = proposal;
  const pending = state === 'PENDING';
  return (
    <Card title={pending ? 'A proposal' : 'A former proposal'} aside={<RequestStateBadge state={state} />}>
      <div className="stack">
        <p>
          {author.login}{' '}
          <span className="dim">
            proposed it <When at={createdAt} />
          </span>
        </p>
        <p className="prose">{justification}</p>
        <details className="more" open={pending}>
          <summary>What it says</summary>
          <PolicyWords policy={document as PolicyDocument} />
        </details>
        {pending ? (
          <>
            <p className="dim">It takes {demandWords(requirements)}.</p>
            <Verdict proposal={proposal} />
          </>
        ) : null}
      </div>
    </Card>
  );
}

function Verdict({ proposal }: { readonly proposal: Proposal }) {
  const viewer = useViewer();
  const decide = useChange(DecidePolicy);
  const withdraw = useChange(WithdrawPolicy);
  const { id, digest, awaitsMyReview } = proposal;
  const send = (verdict: 'APPROVE' | 'REJECT') => decide.mutate({ input: { id, digest, verdict } });
  return (
    <div className="stack">
      <div className="row">
        {awaitsMyReview ? (
          <>
            <Button loading={decide.isPending} onClick={() => send('APPROVE')}>
              Approve
            </Button>
            <Button variant="outline" color="red" loading={decide.isPending} onClick={() => send('REJECT')}>
              Reject
            </Button>
          </>
        ) : null}
        {governs(viewer) ? (
          <Button
            variant="subtle"
            color="red"
            loading={withdraw.isPending}
            onClick={() => withdraw.mutate({ input: { id } })}
          >
            Withdraw it
          </Button>
        ) : null}
      </div>
      {decide.error === null ? null : <Problem error={decide.error} />}
      {withdraw.error === null ? null : <Problem error={withdraw.error} />}
    </div>
  );
}
