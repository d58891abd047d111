/** Talks to a Capward server as one person: what the demonstration does, anybody can do by HTTP. */
export class DemoClient {
  readonly #url: string;
  readonly #token: string;

  constructor(url: string, token: string) {
    this.#url = url;
    this.#token = token;
  }

  /** The data of a GraphQL operation; throws a RefusedError where the server says no. */
  async graphql<Data>(query: string, variables: object = {}): Promise<Data> {
    const response = await fetch(`${this.#url}/graphql`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${this.#token}` },
      body: JSON.stringify({ query, variables }),
    });
    const { data, errors } = (await response.json()) as {
      data?: Data;
      errors?: readonly { readonly message: string; readonly extensions: { readonly code: string } }[];
    };
    const [error] = errors ?? [];
    if (error !== undefined) throw new RefusedError(error.extensions.code, error.message);
    if (data === undefined) throw new Error(`the server answers ${response.status} without data`);
    return data;
  }

  /** The export in that format, as deploy tooling gets it. */
  async export(team: string, profile: string, format: string): Promise<string> {
    const response = await fetch(`${this.#url}/v1/teams/${team}/profiles/${profile}/export?format=${format}`, {
      headers: { Authorization: `Bearer ${this.#token}` },
    });
    if (response.ok) return response.text();
    const { code, detail } = (await response.json()) as { code: string; detail: string };
    throw new RefusedError(code, detail);
  }
}

/** The server said no, with a code. */
export class RefusedError extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.name = 'RefusedError';
    this.code = code;
  }
}

/** The refusal that an action must meet; that it is not refused is a fault. */
export async function refusalOf(action: Promise<unknown>): Promise<RefusedError> {
  try {
    await action;
  } catch (error) {
    if (error instanceof RefusedError) return error;
    throw error;
  }
  throw new Error('this should have been refused');
}
