/** What an application got that knows nothing of Foyer. */
export interface Got {
  application: string;
  method: string;
  /** Path and query, as they came. */
  target: string;
  headers: Record<string, string>;
  body: string;
}

/** An application behind a proxy. */
export interface ProtectedApplication {
  /** Where it listens, `HOST:PORT`. */
  address: string;
  /** All that it got so far, the newest last. */
  got: Got[];
  stop(): void;
}

/**
 * Starts an application that answers with what it got, that sends back what comes by WebSocket, whose
 * `/status/NUMBER` has that status and a header and cookies of its own, and whose `/stream` begins and never ends.
 */
export function startProtectedApplication(application: string): ProtectedApplication {
  const got: Got[] = [];
  const server = Bun.serve({
    hostname: "127.0.0.1",
    port: 0,
    async fetch(request, { upgrade }) {
      const { method, url } = request;
      const headers = Object.fromEntries(request.headers);
      const target = url.slice(url.indexOf("/", "https://".length));
      got.push({ application, method, target, headers, body: await request.text() });
      if (headers.upgrade && upgrade.call(server, request)) return;
      if (target === "/stream") return new Response(openStream());
      const status = Number(/^\/status\/(\d{3})/.exec(target)?.[1] ?? 200);
      const own = new Headers({ "x-own": application, "www-authenticate": 'Basic realm="own"' });
      for (const cookie of ["a=1; Path=/", "b=2"]) own.append("set-cookie", cookie);
      if (status >= 300 && status < 400) own.set("location", `http://${address}/elsewhere`);
      return Response.json(got.at(-1), { status, headers: own });
    },
    websocket: {
      message: (socket, message) => void socket.send(message),
    },
  });
  const address = `127.0.0.1:${server.port}`;
  return {
    address,
    got,
    stop: () => void server.stop(true),
  };
}

function openStream(): ReadableStream<string> {
  return new ReadableStream({ start: (stream) => stream.enqueue("data: first\n\n") });
}
