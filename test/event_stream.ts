import type { RemoteVisitor } from "./remote_visitor.ts";

/** An event stream over a connection of its own, as each browser has one. */
export interface OpenStream {
  /** How many changes the server has told of. */
  changes(): number;
  /** Resolves when the server has told of one more change, with the milliseconds since 1970. */
  nextChange(): Promise<number>;
  /** Resolves when the server has closed the connection, or the test has. */
  ended: Promise<void>;
  /** Breaks the connection, as a browser does that is closed. */
  abort(): void;
}

const CHANGED = "event: LoginStatusChange\n";

/** Opens `/auth/events` with the visitor's cookies; resolves when the server has begun to answer. */
export async function openEventStream(
  origin: string,
  { cookies }: Pick<RemoteVisitor, "cookies">,
): Promise<OpenStream> {
  const { hostname, port } = new URL(origin);
  const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
  const begun = Promise.withResolvers<void>();
  const ended = Promise.withResolvers<void>();
  const waiting: ((now: number) => void)[] = [];
  let answer = "";
  let told = 0;
  const count = () => answer.split(CHANGED).length - 1;
  const socket = await Bun.connect({
    hostname,
    port: Number(port),
    socket: {
      data(_socket, data) {
        answer += data.toString();
        if (answer.includes("retry: 1000")) begun.resolve();
        if (answer.includes("\r\n0\r\n\r\n")) ended.resolve();
        if (count() === told) return;
        told = count();
        for (const resolve of waiting.splice(0)) resolve(Date.now());
      },
      close() {
        begun.reject(new Error(`The server closed after: ${answer}`));
        ended.resolve();
      },
    },
  });
  socket.write(
    `GET /auth/events HTTP/1.1\r\nHost: ${hostname}:${port}\r\nCookie: ${cookie}\r\nAccept: text/event-stream\r\n\r\n`,
  );
  await begun.promise;
  begun.promise.catch(() => {});
  return {
    changes: count,
    nextChange: () => new Promise((resolve) => waiting.push(resolve)),
    ended: ended.promise,
    abort: () => void socket.terminate(),
  };
}
