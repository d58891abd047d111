import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onEveryCore } from './cores.ts';

/** The browser of this machine; undefined where there is none. */
export const BROWSER: string | undefined =
  process.env['CHROMIUM'] ??
  ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((place) => existsSync(place));

const STARTED = /DevTools listening on (ws:\S+)/;

/**
 * A browser that is told only what has to be told. Playwright turns on the parts of the debugger that note from where each
 * request was made, and for that V8 parses the scripts a second time: half of what there is to measure.
 */
export class BareBrowser {
  readonly #process: ChildProcess;
  readonly #socket: WebSocket;
  readonly #directory: string;
  readonly #waiting = new Map<number, PromiseWithResolvers<unknown>>();
  #asked = 0;

  private constructor(process: ChildProcess, socket: WebSocket, directory: string) {
    this.#process = process;
    this.#socket = socket;
    this.#directory = directory;
    socket.addEventListener('message', ({ data }) => this.#hear(String(data)));
  }

  static async start(executable: string): Promise<BareBrowser> {
    const directory = await mkdtemp(join(tmpdir(), 'capward-browser-'));
    const flags = ['--headless=new', '--no-sandbox', '--no-first-run', '--remote-debugging-port=0'];
    const [command, args] = onEveryCore(executable, [...flags, `--user-data-dir=${directory}`]);
    const process = spawn(command, args, { stdio: ['ignore', 'ignore', 'pipe'] });
    const socket = new WebSocket(await addressOf(process));
    await once(socket, 'open');
    return new BareBrowser(process, socket, directory);
  }

  /** Opens an address in a window that has seen nothing before, and gives what `expression` there comes to. */
  async visit<Value>(url: string, slowdown: number, before: string, expression: string): Promise<Value> {
    const { browserContextId } = await this.#send<{ browserContextId: string }>('Target.createBrowserContext');
    const window = { url: 'about:blank', browserContextId, width: 1440, height: 900 };
    const { targetId } = await this.#send<{ targetId: string }>('Target.createTarget', window);
    const attach = { targetId, flatten: true };
    const { sessionId } = await this.#send<{ sessionId: string }>('Target.attachToTarget', attach);
    await this.#send('Page.enable', {}, sessionId);
    await this.#send('Page.addScriptToEvaluateOnNewDocument', { source: before }, sessionId);
    await this.#send('Emulation.setCPUThrottlingRate', { rate: slowdown }, sessionId);
    await this.#send('Page.navigate', { url }, sessionId);
    const what = { expression, awaitPromise: true, returnByValue: true };
    const { result } = await this.#send<{ result: { value: Value } }>('Runtime.evaluate', what, sessionId);
    await this.#send('Target.disposeBrowserContext', { browserContextId });
    return result.value;
  }

  async close(): Promise<void> {
    const ended = once(this.#process, 'exit');
    this.#process.kill();
    await ended;
    await rm(this.#directory, { recursive: true, force: true, maxRetries: 3 });
  }

  #send<Result>(method: string, params: object = {}, sessionId?: string): Promise<Result> {
    const answer = Promise.withResolvers<unknown>();
    this.#asked += 1;
    this.#waiting.set(this.#asked, answer);
    this.#socket.send(JSON.stringify({ id: this.#asked, method, params, sessionId }));
    return answer.promise as Promise<Result>;
  }

  #hear(message: string): void {
    const { id, result, error } = JSON.parse(message) as { id?: number; result?: unknown; error?: { message: string } };
    const answer = id === undefined ? undefined : this.#waiting.get(id);
    if (id === undefined || answer === undefined) return;
    this.#waiting.delete(id);
    if (error === undefined) answer.resolve(result);
    else answer.reject(new Error(error.message));
  }
}

async function addressOf({ stderr }: ChildProcess): Promise<string> {
  let said = '';
  for await (const text of stderr ?? []) {
    said += String(text);
    const [, address] = STARTED.exec(said) ?? [];
    if (address !== undefined) return address;
  }
  throw new Error(`the browser did not start: ${said}`);
}
