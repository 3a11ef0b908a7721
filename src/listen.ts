import type { Config } from "./config.ts";

const NO_ADDRESS = "this host name has no address on this machine; set HOST=127.0.0.1";

/** The cause and what to do about it, by system error code. */
const REASONS: Record<string, string> = {
  EADDRINUSE: "the port is taken; set PORT to another",
  EACCES: "the process has no permission for this port; set PORT to another",
  EAGAIN: NO_ADDRESS,
  ENOTFOUND: NO_ADDRESS,
  EADDRNOTAVAIL: "this machine does not have this address; set HOST to another",
};

/** The server cannot listen; the message tells the operator why. */
export class ListenError extends Error {
  override readonly name = "ListenError";

  constructor({ host, port, cause }: { host: string; port: number; cause: unknown }) {
    const code = (cause as NodeJS.ErrnoException).code ?? String(cause);
    const reason = REASONS[code] ?? code;
    super(`Foyer cannot listen on ${host}:${port}: ${reason}`, { cause });
  }
}

/** Answers a request. */
export type Answer = (request: Request) => Response | Promise<Response>;

/** Listens at `host` and `port`, with TLS if there is a certificate. Throws {@linkcode ListenError} if that fails. */
export function listen({ port, host, tls }: Pick<Config, "port" | "host" | "tls">, fetch: Answer) {
  try {
    return Bun.serve({
      port,
      hostname: host,
      ...(tls ? { tls } : {}),
      // Bun's own error pages show code.
      development: false,
      // A second process must not share the port silently.
      reusePort: false,
      fetch,
    });
  } catch (cause) {
    throw new ListenError({ host, port, cause });
  }
}
