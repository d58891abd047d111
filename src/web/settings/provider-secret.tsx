import { NativeSelect, TextInput } from '@mantine/core';
import type { ProviderFactsFragment } from '../api/operations.gen.ts';
import type { ProviderDraft } from './provider-draft.ts';

/** What becomes of the secret of the client. One that is kept goes to the same client of the same issuer only. */
export function ProviderSecret({
  draft,
  put,
  provider,
  error,
}: {
  readonly draft: ProviderDraft;
  readonly put: (change: Partial<ProviderDraft>) => void;
  readonly provider: ProviderFactsFragment | undefined;
  readonly error: string | undefined;
}) {
  const kept = provider?.client.hasSecret === true;
  const isElsewhere = kept && (draft.issuer.trim() !== provider.issuer || draft.clientId.trim() !== provider.clientId);
  const choices: readonly { readonly value: ProviderDraft['secret']; readonly label: string }[] = [
    ...(kept ? [{ value: 'keep', label: 'The one that is kept' } as const] : []),
    { value: 'give', label: kept ? 'Another one' : 'I have one' },
    { value: 'none', label: kept ? 'None: forget it' : 'None here' },
  ];
  return (
    <div className="fields">
      <NativeSelect
        label="Secret of the client"
        description={MEANS[draft.secret]}
        data={choices}
        value={draft.secret}
        error={
          isElsewhere && draft.secret === 'keep'
            ? 'The kept one belongs to the issuer and client before, and is forgotten: give another one'
            : undefined
        }
        onChange={(event) => put({ secret: event.currentTarget.value as ProviderDraft['secret'] })}
      />
      {draft.secret === 'give' ? (
        <TextInput
          label="The secret"
          description="Kept sealed, and never shown again"
          type="password"
          autoComplete="off"
          required
          error={error}
          value={draft.clientSecret}
          onChange={(event) => put({ clientSecret: event.currentTarget.value })}
        />
      ) : null}
    </div>
  );
}

const MEANS: Readonly<Record<ProviderDraft['secret'], string>> = {
  keep: 'It stays as it is',
  give: 'The provider shows it where the client is registered',
  none: 'A public client, held by PKCE; or the service’s settings hold it',
};
