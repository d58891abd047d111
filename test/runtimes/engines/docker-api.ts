import { createReadStream } from 'node:fs';
import { type IncomingMessage, request } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';

/** The members of the body of `POST /containers/create` that the tests set. */
export interface ContainerRequest {
  readonly Image: string;
  readonly Cmd: readonly string[];
  readonly User?: string;
  readonly HostConfig: Readonly<Record<string, unknown>>;
}

/** A container that has run: what it printed, or the words with which it was not created or not started. */
export type Ran =
  | { readonly ok: true; readonly id: string; readonly output: string }
  | { readonly ok: false; readonly status: number; readonly message: string };

interface Answer {
  readonly status: number;
  readonly body: Buffer;
}

/** The Docker Engine API, over the daemon's socket. */
export class DockerApi {
  readonly #socket: string;

  constructor(socket: string) {
    this.#socket = socket;
  }

  /** Whether somebody listens. */
  async answers(): Promise<boolean> {
    return this.#ask('GET', '/_ping').then(
      ({ status }) => status === 200,
      () => false,
    );
  }

  async version(): Promise<{ Version: string; Components: readonly { Name: string; Version: string }[] }> {
    return JSON.parse((await this.#ask('GET', '/version')).body.toString());
  }

  /** Makes an image out of a tar file; says what is wrong where that fails. */
  async importImage(archive: string, name: string): Promise<string | undefined> {
    const [repository = '', tag = ''] = name.split(':');
    const { status, body } = await this.#ask('POST', `/images/create?fromSrc=-&repo=${repository}&tag=${tag}`, {
      archive,
    });
    return status === 200 && !body.includes('"error"') ? undefined : body.toString().trim();
  }

  /** Runs a container to its end, and removes it. */
  async run(container: ContainerRequest): Promise<Ran> {
    const created = await this.#ask('POST', '/containers/create', { json: container });
    if (created.status !== 201) return refusalOf(created);
    const { Id: id } = JSON.parse(created.body.toString()) as { Id: string };
    const path = `/containers/${id}`;
    try {
      const started = await this.#ask('POST', `${path}/start`);
      if (started.status !== 204) return refusalOf(started);
      return { ok: true, id, output: await this.outputOf(id) };
    } finally {
      await this.#ask('DELETE', `${path}?force=true&v=true`);
    }
  }

  /** What a container has printed by its end, which it waits for. */
  async outputOf(id: string): Promise<string> {
    await this.#ask('POST', `/containers/${id}/wait`);
    const { body } = await this.#ask('GET', `/containers/${id}/logs?stdout=true&stderr=true`);
    return withoutFrames(body);
  }

  /** The container of a service of a compose project, by its labels. */
  async containerOf(project: string, service: string): Promise<string | undefined> {
    const labels = [`com.docker.compose.project=${project}`, `com.docker.compose.service=${service}`];
    const filters = encodeURIComponent(JSON.stringify({ label: labels }));
    const { body } = await this.#ask('GET', `/containers/json?all=true&filters=${filters}`);
    return (JSON.parse(body.toString()) as readonly { Id: string }[])[0]?.Id;
  }

  async #ask(method: string, path: string, content: { json?: unknown; archive?: string } = {}): Promise<Answer> {
    const type = content.archive === undefined ? 'application/json' : 'application/x-tar';
    const outgoing = request({ socketPath: this.#socket, method, path, headers: { 'Content-Type': type } });
    const response = new Promise<IncomingMessage>((resolve, reject) => {
      outgoing.once('response', resolve).once('error', reject);
    });
    if (content.archive === undefined) outgoing.end(content.json === undefined ? '' : JSON.stringify(content.json));
    else await pipeline(createReadStream(content.archive), outgoing);
    const incoming = await response;
    return { status: incoming.statusCode ?? 0, body: await buffer(incoming) };
  }
}

function refusalOf({ status, body }: Answer): Ran {
  return { ok: false, status, message: (JSON.parse(body.toString()) as { message: string }).message };
}

/** Without the header of eight bytes that stands before every piece of output; its last four are the length. */
function withoutFrames(stream: Buffer): string {
  let text = '';
  for (let at = 0; at + 8 <= stream.length; ) {
    const end = at + 8 + stream.readUInt32BE(at + 4);
    text += stream.toString('utf8', at + 8, end);
    at = end;
  }
  return text;
}
