import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import type { ServerUrls } from './server-of-run.ts';

/** Where the line to the database breaks. */
export interface Break {
  /** At which statement from now on: 1, 2, 3 … */
  readonly at: number;
  /** Whether the server still gets that statement; its answer is lost. */
  readonly afterwards: boolean;
}

/** The line to a database, which can be cut at any statement, and be down for a while. */
export interface DatabaseLine {
  /** The application's connection string over this line. */
  readonly appUrl: string;
  /** Breaks at a statement, should so many come, and stays down from then on. */
  breakAt(where: Break): void;
  down(): void;
  /** Works again, and does not break any more. */
  up(): void;
  /** The server is at another port from now on. */
  moveTo(port: number): void;
  close(): Promise<void>;
}

const EXECUTE = 'E'.charCodeAt(0);
const SIMPLE_QUERY = 'Q'.charCodeAt(0);

export async function databaseLine({ appUrl }: Pick<ServerUrls, 'appUrl'>): Promise<DatabaseLine> {
  let port = Number(new URL(appUrl).port);
  let isDown = false;
  let pending: { where: Break; seen: number } | undefined;
  const sockets = new Set<Socket>();

  const cut = (): void => {
    isDown = true;
    pending = undefined;
    for (const socket of sockets) socket.destroy();
  };

  const breaksHere = (): 'not' | 'before' | 'after' => {
    if (pending === undefined) return 'not';
    pending.seen += 1;
    if (pending.seen < pending.where.at) return 'not';
    const { afterwards } = pending.where;
    pending = undefined;
    return afterwards ? 'after' : 'before';
  };

  const server = createServer((client) => {
    if (isDown) {
      client.destroy();
      return;
    }
    const upstream = connect(port, '127.0.0.1');
    let loseAnswer = false;
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.setNoDelay(true);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        sockets.delete(socket);
        client.destroy();
        upstream.destroy();
      });
    }
    upstream.on('data', (data) => {
      if (loseAnswer) cut();
      else client.write(data);
    });
    const next = messages();
    client.on('data', (data) => {
      for (const message of next(data)) {
        if (message[0] === EXECUTE || message[0] === SIMPLE_QUERY) {
          switch (breaksHere()) {
            case 'before':
              cut();
              return;
            case 'after':
              loseAnswer = true;
              break;
            case 'not':
          }
        }
        upstream.write(message);
      }
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = new URL(appUrl);
  url.port = String((server.address() as AddressInfo).port);

  return {
    appUrl: url.href,
    breakAt: (where) => {
      pending = { where, seen: 0 };
    },
    down: cut,
    up: () => {
      isDown = false;
      pending = undefined;
    },
    moveTo: (other) => {
      port = other;
    },
    close: async () => {
      cut();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Cuts what a client sends into the messages of PostgreSQL's protocol; the first one has no type. */
function messages(): (data: Buffer) => Buffer[] {
  let rest: Buffer = Buffer.alloc(0);
  let typed = 0;
  return (data) => {
    rest = Buffer.concat([rest, data]);
    const whole: Buffer[] = [];
    while (rest.length >= typed + 4) {
      const length = typed + rest.readUInt32BE(typed);
      if (rest.length < length) break;
      whole.push(rest.subarray(0, length));
      rest = rest.subarray(length);
      typed = 1;
    }
    return whole;
  };
}
