import type { Config } from "../config.ts";
import type { Listening } from "../config/values.ts";
import type { Handle } from "./gate.ts";

const NO_ADDRESS = ["this host name has no address on this machine", "set HOST=127.0.0.1"];

/** The cause and what to do about it, by system error code. */
const REASONS: Record<string, string[]> = {
  EADDRINUSE: ["the port is taken", "set PORT to another"],
  EACCES: ["the process has no permission for this port", "set PORT to another"],
  EAGAIN: NO_ADDRESS,
  ENOTFOUND: NO_ADDRESS,
  EADDRNOTAVAIL: ["this machine does not have this address", "set HOST to another"],
};

/** Where to listen, and which variable says it, unless it is `HOST` and `PORT`. */
type Place = Listening & { variable?: string };

/** The server cannot listen; the message tells the operator why. */
export class ListenError extends Error {
  override readonly name = "ListenError";

  constructor({ host, port, cause, variable }: Place & { cause: unknown }) {
    const code = (cause as NodeJS.ErrnoException).code ?? String(cause);
    const [reason = code, ...remedy] = REASONS[code] ?? [];
    const advice = variable ? [`set ${variable} to another`] : remedy;
    super(`Foyer cannot listen on ${host}:${port}: ${[reason, ...advice].join("; ")}`, { cause });
  }
}

/** Who answers: `gets` each `GET` and `HEAD` of exactly these paths, `fetch` everything else. */
interface Answers {
  fetch: Handle;
  gets?: Iterable<[path: string, Handle]>;
}

/** Listens at `host` and `port`, with TLS if there is a certificate. Throws {@linkcode ListenError} if that fails. */
export function listen(
  { tls, ...place }: Place & { tls?: Config["tls"] },
  { fetch, gets = [] }: Answers,
): Bun.Server<undefined> {
  const { host, port } = place;
  try {
    return Bun.serve({
      port,
      hostname: host,
      ...(tls ? { tls } : {}),
      // Bun's own error pages show code.
      development: false,
      // A second process must not share the port silently.
      reusePort: false,
      // Bun finds their paths before it makes a URL of the request.
      routes: Object.fromEntries(Array.from(gets, ([path, GET]) => [path, { GET }])),
      fetch,
    });
  } catch (cause) {
    throw new ListenError({ ...place, cause });
  }
}
