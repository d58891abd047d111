import type pg from 'pg';
import { leavesSound } from './faults.ts';
import { SET_LIMITS } from './limits.ts';
import { nameOf } from './shared-connections.ts';
import type { Statement } from './storage.ts';

/**
 * One transaction of one tenant on one connection. Statements are sent as soon as they are known: the server takes them
 * in order, and only who needs an answer waits for it.
 */
export class TenantTransaction {
  readonly #client: pg.PoolClient;
  readonly #shared: boolean;
  readonly #sent: Promise<unknown>[] = [];
  readonly #errors: unknown[] = [];
  #corked = false;

  /** `orgId` has to be a UUID: it stands in the text, so that beginning and naming the tenant are one message. */
  constructor(client: pg.PoolClient, orgId: string, shared: boolean) {
    this.#client = client;
    this.#shared = shared;
    this.#gather();
    const limits = shared ? `, ${SET_LIMITS}` : '';
    void this.#follow(client.query(`BEGIN; SELECT set_config('capward.org_id', '${orgId}', true)${limits}`));
  }

  async rows<Row>(statement: Statement): Promise<Row[]> {
    return (await this.#query(statement)).rows as Row[];
  }

  /** Sends a statement and leaves its failure to `commit`. */
  send(statement: Statement): void {
    void this.#query(statement);
  }

  /** Ends the transaction; throws what kept it from being kept. */
  async commit(): Promise<void> {
    this.#gather();
    const end = this.#follow(this.#client.query('COMMIT'));
    await Promise.allSettled(this.#sent);
    if (this.#errors.length > 0) throw this.#errors[0];
    // The server ends a transaction that cannot be kept without an error, and only says so.
    const { command } = await end;
    if (command !== 'COMMIT') throw new Error(`the transaction ended with ${command}`);
  }

  /** Ends the transaction and keeps nothing. Returns what went wrong first: what failed after it only follows from it. */
  async rollback(thrown: unknown): Promise<unknown> {
    void this.#follow(this.#client.query('ROLLBACK'));
    await Promise.allSettled(this.#sent);
    return this.#errors[0] ?? thrown;
  }

  /** Whether the connection may be used again. */
  get sound(): boolean {
    return this.#errors.every(leavesSound);
  }

  #query({ name, text, values }: Statement): Promise<pg.QueryResult> {
    this.#gather();
    return this.#follow(this.#client.query({ ...nameOf(name, this.#shared), text, values: [...values] }));
  }

  /** What is sent without waiting in between leaves in one packet. */
  #gather(): void {
    if (this.#corked) return;
    const { stream } = (this.#client as unknown as { readonly connection: pg.Connection }).connection;
    this.#corked = true;
    stream.cork();
    process.nextTick(() => {
      this.#corked = false;
      stream.uncork();
    });
  }

  #follow(answer: Promise<pg.QueryResult>): Promise<pg.QueryResult> {
    this.#sent.push(answer);
    answer.catch((error: unknown) => this.#errors.push(error));
    return answer;
  }
}
