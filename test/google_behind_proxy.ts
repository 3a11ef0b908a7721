import { connect, createServer, type Socket } from "node:net";

import { startGoogleStandIn } from "../src/google_stand_in/server.ts";
import { createCertificate } from "./examples/certificate.ts";

const HOST = "www.googleapis.com";

/** Google's keys by their real address, which this machine reaches only through a proxy, as in many companies. */
export async function startGoogleBehindProxy(folder: string) {
  const google = await startGoogleStandIn({ port: 0 });
  const { certPath, keyPath } = createCertificate(folder, { names: [`DNS:${HOST}`] });
  const tls = { cert: Bun.file(certPath), key: Bun.file(keyPath) };
  const server = Bun.serve({
    port: 0,
    hostname: "127.0.0.1",
    tls,
    fetch: ({ url }) => fetch(new URL(new URL(url).pathname, google.origin)),
  });
  const asked: string[] = [];
  const heads: string[] = [];
  const sockets = new Set<Socket>();
  const proxy = createServer((client) => {
    sockets.add(client);
    client.on("error", () => client.destroy());
    client.once("data", (head) => {
      const [line = ""] = head.toString("latin1").split("\r\n");
      asked.push(line);
      heads.push(head.toString("latin1"));
      if (!line.startsWith(`CONNECT ${HOST}:443 `)) {
        client.end("HTTP/1.1 502 Bad Gateway\r\n\r\n");
        return;
      }
      const upstream = connect(server.port ?? 0, "127.0.0.1");
      upstream.on("error", () => client.destroy());
      client.write("HTTP/1.1 200 Connection established\r\n\r\n");
      client.pipe(upstream).pipe(client);
    });
  });
  await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
  const { port } = proxy.address() as { port: number };

  return {
    google,
    /** The variables that lead a process here. */
    env: { HTTPS_PROXY: `http://127.0.0.1:${port}`, NODE_EXTRA_CA_CERTS: certPath },
    /** The first line of each request that the proxy was asked. */
    asked,
    /** The same requests, with their headers. */
    heads,
    async stop() {
      for (const socket of sockets) socket.destroy();
      proxy.close();
      await server.stop(true);
      await google.stop();
    },
  };
}
