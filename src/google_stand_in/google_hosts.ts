import { connect, createServer, type Server, type Socket } from "node:net";

import { createCertificate } from "./certificates.ts";

/** The hosts of Google that packages have in their code. FedCM asks `google.com` for its well-known file. */
const HOSTS = ["accounts.google.com", "google.com", "www.googleapis.com"];

/** How browsers and servers reach the stand-in by the names of Google's hosts. */
export interface GoogleHosts {
  /** The port with TLS, for the rule of a browser that maps the hosts to it. */
  tlsPort: number;
  /** A proxy that leads to the hosts and nowhere else, for `HTTPS_PROXY`. */
  proxyUrl: string;
  /** The certificate in PEM, for `NODE_EXTRA_CA_CERTS`. */
  certificate: string;
  /** What Chromium needs to be started with, to take the stand-in for Google. */
  chromiumArgs: string[];
  stop(): Promise<void>;
}

/** Where to listen; `serve` starts a server with TLS on that port. */
interface HostsOptions {
  tlsPort: number;
  proxyPort: number;
  serve(options: { port: number; tls: { cert: string; key: string } }): Bun.Server<undefined>;
}

/** Serves the stand-in as Google's own hosts. They stay Google's for all programs that are not told otherwise. */
export async function startGoogleHosts({
  tlsPort: wanted,
  proxyPort,
  serve,
}: HostsOptions): Promise<GoogleHosts> {
  const { key, certificate, spkiHash } = await createIdentity();
  const server = serve({ port: wanted, tls: { cert: certificate, key } });
  const tlsPort = server.port ?? 0;
  const sockets = new Set<Socket>();
  const proxy = createServer((client) => {
    keep(client, sockets);
    client.once("data", (head) => {
      if (!namesGoogle(head.toString("latin1"))) {
        client.end("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n");
        return;
      }
      const upstream = keep(connect(tlsPort, "127.0.0.1"), sockets);
      client.write("HTTP/1.1 200 Connection established\r\n\r\n");
      client.pipe(upstream).pipe(client);
    });
  });
  const rules = HOSTS.map((host) => `MAP ${host} 127.0.0.1:${tlsPort}`).join(", ");
  return {
    tlsPort,
    proxyUrl: `http://127.0.0.1:${await listen(proxy, proxyPort)}`,
    certificate,
    chromiumArgs: [
      `--host-resolver-rules=${rules}`,
      `--ignore-certificate-errors-spki-list=${spkiHash}`,
    ],
    async stop() {
      for (const socket of sockets) socket.destroy();
      proxy.close();
      await server.stop(true);
    },
  };
}

/** A key and a certificate for the hosts, and the hash of the key by which Chromium knows it. */
async function createIdentity() {
  const pair = await crypto.subtle.generateKey(
    {
      name: "RSASSA-PKCS1-v1_5",
      hash: "SHA-256",
      modulusLength: 2048,
      publicExponent: Uint8Array.of(1, 0, 1),
    },
    true,
    ["sign", "verify"],
  );
  const pkcs8 = new Uint8Array(await crypto.subtle.exportKey("pkcs8", pair.privateKey));
  const spki = await crypto.subtle.exportKey("spki", pair.publicKey);
  const spkiHash = new Uint8Array(await crypto.subtle.digest("SHA-256", spki)).toBase64();
  return {
    key: `-----BEGIN PRIVATE KEY-----\n${pkcs8.toBase64()}\n-----END PRIVATE KEY-----\n`,
    certificate: await createCertificate(pair, {
      commonName: "Foyer's stand-in for Google",
      hosts: HOSTS,
    }),
    spkiHash,
  };
}

/** Whether the head of a proxy's request is for one of the hosts. */
function namesGoogle(head: string): boolean {
  return HOSTS.some((host) => head.startsWith(`CONNECT ${host}:443 HTTP/1.1\r\n`));
}

function keep(socket: Socket, sockets: Set<Socket>): Socket {
  sockets.add(socket);
  socket.on("error", () => socket.destroy());
  return socket.on("close", () => sockets.delete(socket));
}

function listen(proxy: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    proxy.once("error", reject);
    proxy.listen(port, "127.0.0.1", () => resolve((proxy.address() as { port: number }).port));
  });
}
