import { Button } from '@mantine/core';
import { useState } from 'react';
import { ConfirmProvider, type ProviderFactsFragment } from '../api/operations.gen.ts';
import { useChange } from '../api/queries.ts';
import { useViewer } from '../api/viewer.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import { Facts } from '../ui/facts.tsx';
import { Notice, Problem } from '../ui/notice.tsx';
import { Card } from '../ui/page.tsx';
import { When } from '../ui/when.tsx';
import { grantWords } from './grant-words.ts';

/** A provider as it is set, and whether another owner has confirmed it. */
export function ProviderCard({
  provider,
  change,
}: {
  readonly provider: ProviderFactsFragment;
  readonly change: () => void;
}) {
  const viewer = useViewer();
  // Whoever confirms it confirms what they have looked at: what another owner sets meanwhile is not put in its place.
  const [looked, look] = useState(provider);
  const isNewer = looked.setAt !== provider.setAt && provider.setBy.id !== viewer.member.id;
  const shown = isNewer ? looked : provider;
  return (
    <Card
      title={<span className="mono">{shown.name}</span>}
      aside={
        <span className="row">
          <State provider={provider} />
          <Button size="compact-sm" variant="default" onClick={change} aria-label={`Change ${provider.name}`}>
            Change
          </Button>
        </span>
      }
    >
      <div className="stack">
        {isNewer ? (
          <Notice kind="warn" live title={`${provider.setBy.login} has set it anew since you began to look at it`}>
            <Button size="xs" mt={8} onClick={() => look(provider)}>
              Show what is set now
            </Button>
          </Notice>
        ) : null}
        <Settings provider={shown} />
        <Confirmation provider={shown} outdated={isNewer} />
      </div>
    </Card>
  );
}

function State({ provider: { enabled, confirmedBy } }: { readonly provider: ProviderFactsFragment }) {
  if (!enabled) return <span className="state">turned off</span>;
  return (
    <span className="state" data-good={confirmedBy !== null || undefined} data-open={confirmedBy === null || undefined}>
      {confirmedBy === null ? 'not confirmed' : 'confirmed by two owners'}
    </span>
  );
}

function Settings({ provider }: { readonly provider: ProviderFactsFragment }) {
  const { issuer, clientId, client, emailDomains, scopes, personClaim, groupsClaim, groups, admitsUnknown } = provider;
  return (
    <Facts
      facts={[
        ['Issuer', issuer],
        ['Client', clientId],
        ['Its secret', client.hasSecret ? 'kept, and never shown' : `none here; ${client.secretVariable} may hold it`],
        [
          'Redirect URI',
          <span key="uri" className="with-copy">
            {client.callbackUrl} <CopyButton small text={client.callbackUrl} what="the redirect URI" />
          </span>,
        ],
        ['Whose emails', emailDomains.join(', ')],
        ['People who are not here yet', admitsUnknown ? 'become members' : 'do not get in'],
        ['Scopes asked', scopes.join(' ')],
        ['Claim for the person', personClaim],
        ['Claim for groups', groupsClaim ?? 'none: groups decide nothing'],
        ...(groups.length === 0
          ? []
          : [
              [
                'Groups',
                <ul key="groups">
                  {groups.map((grant) => (
                    <li key={`${grant.group} ${grant.orgRole ?? grant.team?.slug}`}>
                      {grant.group} → {grantWords(grant)}
                    </li>
                  ))}
                </ul>,
              ] as const,
            ]),
      ]}
    />
  );
}

/** What a provider is worth before and after another owner has confirmed it. */
function Confirmation({
  provider,
  outdated,
}: {
  readonly provider: ProviderFactsFragment;
  readonly outdated: boolean;
}) {
  const viewer = useViewer();
  const confirm = useChange(ConfirmProvider);
  const { name, setAt, setBy, confirmedBy } = provider;
  const set = (
    <>
      {setBy.login} set this <When at={setAt} />
    </>
  );
  if (confirmedBy !== null) {
    return (
      <p className="dim">
        {set}, {confirmedBy.login} has confirmed it: whoever signs in by it stands for themselves. Every change undoes
        that.
      </p>
    );
  }
  const isOwn = setBy.id === viewer.member.id;
  return (
    <Notice kind="warn" title="It takes a second owner">
      <p>
        {set}. People can sign in by it, but until another owner has confirmed it,{' '}
        {isOwn ? 'you count' : `${setBy.login} counts`} as behind everything that they do: they cannot review what{' '}
        {isOwn ? 'you ask' : 'that owner asks'} for.
      </p>
      {isOwn ? <p>Ask another owner to look at it here.</p> : null}
      {isOwn || outdated ? null : (
        <>
          <p>
            Compare what stands above with the provider itself: whoever runs that issuer can be everybody with such an
            email.
          </p>
          <Button mt={8} loading={confirm.isPending} onClick={() => confirm.mutate({ input: { name, setAt } })}>
            Confirm {name} as it stands here
          </Button>
        </>
      )}
      {confirm.error === null ? null : <Problem error={confirm.error} />}
    </Notice>
  );
}
