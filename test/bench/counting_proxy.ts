import type { Socket } from "bun";

/** What went over the connections to PostgreSQL. */
export interface Traffic {
  /** How often the client waited for the server. Statements that are sent together count once. */
  roundTrips: number;
  statements: number;
}

/** A proxy on loopback, in front of a PostgreSQL. */
export interface CountingProxy extends Disposable {
  port: number;
  /** What has gone through since it began. */
  traffic(): Traffic;
}

/** One connection, seen from both sides. */
interface Pair {
  server: Socket<null> | null;
  /** What came before the server was reached. */
  early: Buffer[];
  /** Bytes of a message that is not complete. */
  rest: Buffer;
  hasStarted: boolean;
  isWaiting: boolean;
}

const EXECUTE = "E".charCodeAt(0);
const SIMPLE_QUERY = "Q".charCodeAt(0);

/** Starts a proxy to the PostgreSQL at `port`, which reads what clients send. */
export function startCountingProxy(port: number): CountingProxy {
  const traffic: Traffic = { roundTrips: 0, statements: 0 };
  const listener = Bun.listen<Pair>({
    hostname: "127.0.0.1",
    port: 0,
    socket: {
      async open(client) {
        const rest = Buffer.alloc(0);
        client.data = { server: null, early: [], rest, hasStarted: false, isWaiting: false };
        const server = await Bun.connect<null>({
          hostname: "127.0.0.1",
          port,
          data: null,
          socket: {
            data(_, chunk) {
              client.data.isWaiting = false;
              client.write(chunk);
            },
            close: () => void client.end(),
          },
        });
        server.setNoDelay(true);
        client.setNoDelay(true);
        for (const chunk of client.data.early) server.write(chunk);
        client.data.server = server;
      },
      data({ data: pair }, chunk) {
        count(pair, chunk);
        if (pair.server) pair.server.write(chunk);
        else pair.early.push(Buffer.from(chunk));
      },
      close: ({ data }) => void data.server?.end(),
    },
  });

  function count(pair: Pair, chunk: Buffer): void {
    if (!pair.isWaiting) traffic.roundTrips += 1;
    pair.isWaiting = true;
    pair.rest = Buffer.concat([pair.rest, chunk]);
    // https://www.postgresql.org/docs/15/protocol-message-formats.html: only the first message has no type.
    for (;;) {
      const start = pair.hasStarted ? 1 : 0;
      if (pair.rest.length < start + 4) return;
      const end = start + pair.rest.readInt32BE(start);
      if (pair.rest.length < end) return;
      const type = pair.hasStarted ? pair.rest[0] : null;
      if (type === EXECUTE || type === SIMPLE_QUERY) traffic.statements += 1;
      pair.hasStarted = true;
      pair.rest = pair.rest.subarray(end);
    }
  }

  return {
    port: listener.port,
    traffic: () => ({ ...traffic }),
    [Symbol.dispose]: () => listener.stop(true),
  };
}
