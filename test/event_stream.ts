import type { RemoteVisitor } from "./remote_visitor.ts";

/** An event stream over a connection of its own, as each browser has one. */
export interface OpenStream {
  /** Breaks the connection, as a browser does that is closed. */
  abort(): void;
}

/** Opens `/auth/events` with the visitor's cookies; resolves when the server has begun to answer. */
export async function openEventStream(
  origin: string,
  { cookies }: Pick<RemoteVisitor, "cookies">,
): Promise<OpenStream> {
  const { hostname, port } = new URL(origin);
  const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
  const begun = Promise.withResolvers<void>();
  let answer = "";
  const socket = await Bun.connect({
    hostname,
    port: Number(port),
    socket: {
      data(_socket, data) {
        answer += data.toString();
        if (answer.includes("retry: 1000")) begun.resolve();
      },
      close: () => begun.reject(new Error(`The server closed after: ${answer}`)),
    },
  });
  socket.write(
    `GET /auth/events HTTP/1.1\r\nHost: ${hostname}:${port}\r\nCookie: ${cookie}\r\nAccept: text/event-stream\r\n\r\n`,
  );
  await begun.promise;
  begun.promise.catch(() => {});
  return { abort: () => void socket.terminate() };
}
