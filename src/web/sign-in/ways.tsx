import { Button, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { fetchText, whoIs } from '../api/ask.ts';
import { Viewer } from '../api/operations.gen.ts';
import { signInWith } from '../api/session.ts';
import { Problem } from '../ui/notice.tsx';

interface Provider {
  readonly name: string;
  /** Where it begins. */
  readonly url: string;
}

const KEY = 'capward.org';

/** The organization that this browser signed in to last. */
function knownOrg(): string {
  try {
    return localStorage.getItem(KEY) ?? '';
  } catch {
    return '';
  }
}

function keepOrg(org: string): void {
  try {
    localStorage.setItem(KEY, org);
  } catch {
    // Then it is asked again.
  }
}

/** The organization that a link to this page names: people see it, and go on themselves. */
function namedOrg(): string | undefined {
  return new URLSearchParams(globalThis.location.search).get('org') ?? undefined;
}

/** Every way to sign in: by the organization's own provider, or with a token. A link needs nothing of this page. */
export function Ways() {
  const [text, setText] = useState(() => namedOrg() ?? knownOrg());
  const [org, setOrg] = useState(() => (namedOrg() === undefined ? text : ''));
  const asked = useQuery({
    queryKey: ['sign-in', org],
    queryFn: async ({ signal }) => {
      const read = await fetchText(`/v1/sign-in?${new URLSearchParams({ org })}`, {}, signal);
      return (JSON.parse(read) as { readonly providers: readonly Provider[] }).providers;
    },
    enabled: org !== '',
    retry: false,
    staleTime: 60_000,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    keepOrg(text.trim());
    setOrg(text.trim());
  };
  return (
    <div className="ways">
      <form onSubmit={submit} className="org-way">
        <TextInput
          label="Organization"
          description="Its short name"
          placeholder="acme"
          autoCapitalize="off"
          spellCheck={false}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <Button type="submit" variant="default" loading={asked.isFetching}>
          Go on
        </Button>
      </form>
      {asked.data?.map(({ name, url }) => (
        <Button key={name} component="a" href={startOf(url)} size="md" fullWidth>
          Continue with {name}
        </Button>
      ))}
      {asked.data?.length === 0 ? (
        <p className="dim small" role="status">
          It has no sign-in of its own. Ask an owner for a sign-in link.
        </p>
      ) : null}
      {asked.isError ? <Problem error={asked.error} /> : null}
      <details className="other-way">
        <summary>Sign in with a token</summary>
        <TokenWay />
      </details>
    </div>
  );
}

/** Back to where somebody wanted to go. */
function startOf(url: string): string {
  const { pathname, search } = globalThis.location;
  const to = pathname === '/sign-in' ? '/' : pathname + search;
  return `${url}&to=${encodeURIComponent(to)}`;
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
    try {
      queries.setQueryData([Viewer.name, {}], await whoIs(token.trim()));
      signInWith(token.trim());
      await queries.invalidateQueries();
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
        <code>bin/capward admin sign-in-link</code> prints a link for somebody, <code>admin create-org</code> the first
        token.
      </p>
    </form>
  );
}
