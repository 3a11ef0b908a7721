import { connect, createServer, type Socket } from "node:net";

import { CERTIFICATE } from "../certificate.ts";

/** TLS at `https://localhost:PORT`. */
export interface SecureFront {
  stop(): Promise<void>;
}

/** How a request is answered; without an answer its connection is cut. */
export type Answer = (request: Request) => Promise<Response | null>;

/** Listens at `port` with TLS. */
export async function startSecureFront(port: number, answer: Answer): Promise<SecureFront> {
  /** The browser's connections, by the port that the server behind sees. */
  const connections = new Map<number, Socket>();
  const { cert, key } = CERTIFICATE;
  const server = Bun.serve({
    port: 0,
    hostname: "127.0.0.1",
    idleTimeout: 60,
    tls: { cert, key },
    async fetch(request, { requestIP }) {
      const from = requestIP.call(server, request)?.port ?? 0;
      const answered = await answer(request);
      if (answered) return answered;
      connections.get(from)?.destroy();
      return new Response();
    },
  });
  const front = createServer((client) => {
    const upstream = connect(server.port ?? 0, "127.0.0.1", () => {
      const { localPort = 0 } = upstream;
      connections.set(localPort, client);
      client.once("close", () => connections.delete(localPort));
    });
    client.on("error", () => upstream.destroy());
    upstream.on("error", () => client.destroy());
    client.once("close", () => upstream.destroy());
    client.pipe(upstream).pipe(client);
  });
  await new Promise<void>((resolve) => front.listen(port, "127.0.0.1", resolve));
  return {
    async stop() {
      for (const client of connections.values()) client.destroy();
      front.close();
      await server.stop(true);
    },
  };
}
