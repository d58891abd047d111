import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { type ProviderFactsFragment, Providers } from '../api/operations.gen.ts';
import { useAsk } from '../api/queries.ts';
import { Notice, Problem } from '../ui/notice.tsx';
import { Card, Empty, Page, Waiting } from '../ui/page.tsx';
import { OwnersOnly } from './owners-only.tsx';
import { ProviderCard } from './provider-card.tsx';
import { ProviderForm } from './provider-form.tsx';
import { SettingsTabs } from './settings-tabs.tsx';
import { SignInLink } from './sign-in-link.tsx';
import './settings.css';

/** How people sign in: by a provider that two owners trust, or by a link that works once. */
export function SignInPage() {
  return (
    <Page title="Settings" windowTitle="Signing in">
      <SettingsTabs />
      <OwnersOnly>
        <Ways />
      </OwnersOnly>
    </Page>
  );
}

function Ways() {
  const asked = useAsk(Providers, {});
  const [form, setForm] = useState<{ readonly of: ProviderFactsFragment | undefined }>();
  const [done, setDone] = useState<string>();
  const providers = asked.data?.identityProviders;
  if (providers === undefined) {
    return asked.isError ? <Problem error={asked.error} retry={() => void asked.refetch()} /> : <Waiting />;
  }
  const begin = (of: ProviderFactsFragment | undefined) => {
    setDone(undefined);
    setForm({ of });
  };
  const end = (name?: string) => {
    setForm(undefined);
    setDone(name);
  };
  return (
    <>
      {providers.length === 0 && form === undefined ? (
        <Empty title="There is no identity provider yet">
          <p>People sign in by links and tokens. With a provider they sign in as they do everywhere else.</p>
          <Button mt={12} onClick={() => begin(undefined)}>
            Set up a provider
          </Button>
        </Empty>
      ) : null}
      {done === undefined ? null : (
        <Notice kind="good" live title={`${done} is set`}>
          <p>People can sign in by it now. Another owner has to look at it and confirm it.</p>
        </Notice>
      )}
      {providers.map((provider) =>
        provider.name === form?.of?.name ? (
          <ProviderForm key={provider.name} provider={provider} taken={[]} close={end} />
        ) : (
          <ProviderCard key={provider.name} provider={provider} change={() => begin(provider)} />
        ),
      )}
      {form !== undefined && form.of === undefined ? (
        <ProviderForm provider={undefined} taken={providers.map(({ name }) => name)} close={end} />
      ) : null}
      {providers.length > 0 && form === undefined ? (
        <div>
          <Button variant="default" onClick={() => begin(undefined)}>
            Set up another provider
          </Button>
        </div>
      ) : null}
      <Links />
    </>
  );
}

/** For those whom no provider signs in. */
function Links() {
  const [email, setEmail] = useState('');
  const [login, setLogin] = useState<string>();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setLogin(email.trim().toLowerCase());
  };
  return (
    <Card title="Sign-in links">
      <form className="stack" onSubmit={submit}>
        <p>
          For people whom no provider signs in. A link works once, within 15 minutes. Whoever makes it counts as behind
          what is done with it.
        </p>
        <div className="beside">
          <TextInput
            label="Email of whom it signs in"
            type="email"
            autoComplete="off"
            required
            withAsterisk={false}
            value={email}
            onChange={(event) => setEmail(event.currentTarget.value)}
          />
          <Button type="submit" variant="default">
            Go on
          </Button>
        </div>
      </form>
      {login === undefined ? null : <SignInLink login={login} close={() => setLogin(undefined)} />}
    </Card>
  );
}
