import { Button, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { ask, fetchText } from '../api/ask.ts';
import { Viewer } from '../api/operations.gen.ts';
import { signInWith } from '../api/session.ts';
import { Problem } from '../ui/notice.tsx';

interface Provider {
  readonly org: string;
  readonly name: string;
}

/** The providers that this service signs people in with; none where it has none, or cannot say. */
function useProviders(): readonly Provider[] {
  const asked = useQuery({
    queryKey: ['sign-in'],
    queryFn: async ({ signal }) => {
      const { providers = [] } = JSON.parse(await fetchText('/v1/sign-in', {}, signal)) as { providers?: Provider[] };
      return providers;
    },
    retry: false,
    staleTime: 60_000,
  });
  return asked.data ?? [];
}

/** Every way to sign in. */
export function Ways() {
  const providers = useProviders();
  const back = globalThis.location.pathname + globalThis.location.search;
  return (
    <div className="ways">
      {providers.map(({ org, name }) => (
        <Button
          key={org}
          component="a"
          href={`/v1/sign-in/${encodeURIComponent(org)}?return=${encodeURIComponent(back)}`}
          size="md"
          fullWidth
        >
          Continue with {name}
        </Button>
      ))}
      {providers.length === 0 ? (
        <TokenWay />
      ) : (
        <details className="other-way">
          <summary>Sign in with a token</summary>
          <TokenWay />
        </details>
      )}
    </div>
  );
}

/** With an API token. It is kept for this tab only, and sent with what the page asks. */
function TokenWay() {
  const queries = useQueryClient();
  const [token, setToken] = useState('');
  const [state, setState] = useState<{ readonly busy: boolean; readonly error?: unknown }>({ busy: false });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void enter();
  };
  const enter = async () => {
    setState({ busy: true });
    signInWith(token.trim());
    try {
      await ask(Viewer, {});
      await queries.invalidateQueries();
      setState({ busy: false });
    } catch (error) {
      setState({ busy: false, error });
    }
  };
  return (
    <form onSubmit={submit} className="token-way">
      <TextInput
        label="Token"
        description="It is kept for this tab only."
        type="password"
        autoComplete="off"
        required
        withAsterisk={false}
        value={token}
        onChange={(event) => setToken(event.currentTarget.value)}
      />
      <Button type="submit" loading={state.busy} fullWidth>
        Sign in
      </Button>
      {state.error === undefined ? null : <Problem error={state.error} />}
      <p className="dim small">
        There is no token yet? <code>bin/capward admin create-org</code> prints the first one; owners make the others.
      </p>
    </form>
  );
}
