import { Button, Switch, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { issueAt } from '../api/issue-at.ts';
import { type ProviderFactsFragment, SetProvider } from '../api/operations.gen.ts';
import { useChange } from '../api/queries.ts';
import { useViewer } from '../api/viewer.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import { FormProblem } from '../ui/form-problem.tsx';
import { Notice } from '../ui/notice.tsx';
import { Card } from '../ui/page.tsx';
import { useArrival } from '../ui/use-arrival.ts';
import { GroupRows } from './group-rows.tsx';
import { draftOf, inputOf, type ProviderDraft } from './provider-draft.ts';
import { ProviderSecret } from './provider-secret.tsx';

const FIELDS = [
  'name',
  'issuer',
  'clientId',
  'clientSecret',
  'emailDomains',
  'scopes',
  'personClaim',
  'groupsClaim',
  'groups',
];

/** Says which provider is trusted, and with what. */
export function ProviderForm({
  provider,
  taken,
  close,
}: {
  /** As it is; undefined for a new one. */
  readonly provider: ProviderFactsFragment | undefined;
  /** Names that others have. */
  readonly taken: readonly string[];
  /** With its name, once it is set. */
  readonly close: (name?: string) => void;
}) {
  const [draft, setDraft] = useState(() => draftOf(provider));
  const set = useChange(SetProvider);
  const put = (change: Partial<ProviderDraft>) => setDraft({ ...draft, ...change });
  const isTaken = provider === undefined && taken.includes(draft.name.trim());
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isTaken) return;
    set.mutate({ input: inputOf(draft) }, { onSuccess: () => close(draft.name.trim()) });
  };
  const text = (field: 'issuer' | 'clientId' | 'emailDomains' | 'scopes' | 'personClaim' | 'groupsClaim') => ({
    value: draft[field],
    error: issueAt(set.error, field),
    spellCheck: false,
    autoComplete: 'off',
    onChange: (event: { readonly currentTarget: { readonly value: string } }) =>
      put({ [field]: event.currentTarget.value }),
  });
  return (
    <Card title={provider === undefined ? 'A new identity provider' : `Change ${provider.name}`}>
      <form className="stack" onSubmit={submit} ref={useArrival()}>
        {provider?.confirmedBy == null ? null : (
          <Notice kind="warn" title="Every change undoes the confirmation">
            <p>Another owner has to look at it again.</p>
          </Notice>
        )}
        <div className="fields">
          <TextInput
            label="Name here"
            description="Small letters and digits"
            required
            disabled={provider !== undefined}
            spellCheck={false}
            error={
              isTaken ? 'There is one of that name: change that one, or take another name' : issueAt(set.error, 'name')
            }
            value={draft.name}
            onChange={(event) => put({ name: event.currentTarget.value })}
          />
          <TextInput
            label="Issuer"
            description="Its address, without /.well-known"
            placeholder="https://sso.acme.example"
            type="url"
            required
            {...text('issuer')}
          />
          <TextInput label="Client ID" description="Who Capward is there" required {...text('clientId')} />
          <TextInput
            label="Whose emails may sign in"
            description="Domains, with commas between them"
            placeholder="acme.example"
            required
            {...text('emailDomains')}
          />
        </div>
        <RedirectUri name={draft.name.trim()} />
        <ProviderSecret draft={draft} put={put} provider={provider} error={issueAt(set.error, 'clientSecret')} />
        <GroupRows
          claim={
            <TextInput
              label="Claim with the groups"
              description="Empty: groups decide nothing"
              {...text('groupsClaim')}
            />
          }
          groups={draft.groups}
          change={(groups) => put({ groups })}
          error={set.error}
        />
        <details className="more">
          <summary>What is asked of it, and who the person is</summary>
          <div className="fields">
            <TextInput label="Scopes" description="openid has to be among them" required {...text('scopes')} />
            <TextInput
              label="Claim for the person"
              description="Accounts that share its value are one person"
              required
              {...text('personClaim')}
            />
          </div>
        </details>
        <Switch
          label="People who are not here yet become members"
          description="Otherwise only those who were brought in sign in"
          checked={draft.admitsUnknown}
          onChange={(event) => put({ admitsUnknown: event.currentTarget.checked })}
        />
        <Switch
          label="Turned on"
          description="Off: nobody signs in by it; sessions that have begun go on"
          checked={draft.enabled}
          onChange={(event) => put({ enabled: event.currentTarget.checked })}
        />
        <FormProblem error={set.error} fields={FIELDS} />
        <div className="row">
          <Button type="submit" loading={set.isPending}>
            {provider === undefined ? 'Set the provider' : 'Set it anew'}
          </Button>
          <Button variant="default" onClick={() => close()}>
            Leave it
          </Button>
        </div>
      </form>
    </Card>
  );
}

/** What the provider has to know before there is a client. */
function RedirectUri({ name }: { readonly name: string }) {
  const { organization } = useViewer();
  const uri = `${globalThis.location.origin}/v1/sign-in/${organization.slug}/callback/${name || 'NAME'}`;
  return (
    <div>
      <p className="label">Register this redirect URI at the provider</p>
      <div className="line">
        <code>{uri}</code>
        <CopyButton small text={uri} what="the redirect URI" />
      </div>
    </div>
  );
}
