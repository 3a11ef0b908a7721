import { type Answer, readAnswer, sizeOfAnswer } from "./answer.ts";

/** What is asked, of whom. */
export interface Load {
  /** Of the servers, which get equally many connections. */
  ports: readonly number[];
  /** How many keep-alive connections ask at the same time, each one request at a time. */
  connections: number;
  /** The next request, or `null` when the slice is over. */
  nextRequest: () => Uint8Array | null;
  /** Hears how long each answer took, in milliseconds. */
  onAnswer?: (request: Uint8Array, ms: number) => void;
}

/** Asks until `nextRequest` has no more, and resolves with the requests a second. Any answer but a 200 rejects. */
export async function measureLoad(load: Load): Promise<number> {
  let answers = 0;
  const everyone = Promise.withResolvers<void>();
  const sent = new Map<Connection, { request: Uint8Array; at: number }>();
  let open = load.connections;

  function onAnswer(connection: Connection, answer: Uint8Array): void {
    if (answer[9] !== 0x32) return everyone.reject(unexpected(answer));
    answers += 1;
    const own = sent.get(connection);
    if (own) load.onAnswer?.(own.request, performance.now() - own.at);
    sendNext(connection);
  }
  function sendNext(connection: Connection): void {
    const request = load.nextRequest();
    if (request) {
      if (load.onAnswer) sent.set(connection, { request, at: performance.now() });
      return connection.send(request);
    }
    // The server would close it, if the others take long.
    connection.close();
    open -= 1;
    if (open === 0) everyone.resolve();
  }

  const connections = await Promise.all(
    Array.from({ length: load.connections }, (_, index) =>
      connect(load.ports[index % load.ports.length] as number, onAnswer, everyone.reject),
    ),
  );
  const startedAt = performance.now();
  connections.forEach(sendNext);
  try {
    await everyone.promise;
    return (answers * 1000) / (performance.now() - startedAt);
  } finally {
    for (const connection of connections) connection.close();
  }
}

/** Sends one request on a connection of its own. */
export async function ask(port: number, request: Uint8Array): Promise<Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<Uint8Array>();
  const connection = await connect(port, (_, answer) => resolve(answer), reject);
  connection.send(request);
  try {
    return readAnswer(Buffer.from(await promise));
  } finally {
    connection.close();
  }
}

/** A connection that is kept, with one request at a time. */
export interface KeptConnection {
  ask(request: Uint8Array): Promise<Answer>;
  close(): void;
}

/** Opens a connection that is kept. */
export async function openConnection(port: number): Promise<KeptConnection> {
  let answer = Promise.withResolvers<Uint8Array>();
  const connection = await connect(
    port,
    (_, bytes) => answer.resolve(bytes),
    (error) => answer.reject(error),
  );
  return {
    async ask(request) {
      answer = Promise.withResolvers<Uint8Array>();
      connection.send(request);
      return readAnswer(Buffer.from(await answer.promise));
    },
    close() {
      answer.promise.catch(() => {});
      connection.close();
    },
  };
}

interface Connection {
  send(request: Uint8Array): void;
  close(): void;
}

/** A connection that hands on each complete answer; it is no HTTP client, and knows one server's habits. */
async function connect(
  port: number,
  onAnswer: (connection: Connection, answer: Uint8Array) => void,
  onError: (error: Error) => void,
): Promise<Connection> {
  let isClosed = false;
  let received: Buffer | null = null;
  let size = 0;
  const socket = await Bun.connect({
    hostname: "127.0.0.1",
    port,
    socket: {
      data(_, chunk) {
        received = received ? Buffer.concat([received, chunk]) : chunk;
        size ||= sizeOfAnswer(received);
        if (size === 0 || received.length < size) return;
        const answer = received;
        received = null;
        size = 0;
        onAnswer(connection, answer);
      },
      error: (_, error) => onError(error),
      close() {
        if (!isClosed) onError(new Error("The server closed a connection"));
      },
    },
  });
  socket.setNoDelay(true);
  const connection: Connection = {
    send(request) {
      if (socket.write(request) !== request.length) onError(new Error("A request was cut short"));
    },
    close() {
      isClosed = true;
      socket.end();
    },
  };
  return connection;
}

function unexpected(answer: Uint8Array): Error {
  return new Error(`Not the answer that was asked for:\n${Buffer.from(answer).toString()}`);
}
