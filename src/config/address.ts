import type { ReadVariable } from "./reader.ts";
import * as read from "./values.ts";

/** Where the server is, for browsers and for whoever connects. */
export interface ServerAddress {
  readonly port: number;
  readonly host: string;
  /** The public origin, as a browser writes it in `Origin`. */
  readonly origin: string;
}

/** Reads where the server listens. `hasTls`: it serves https itself. */
export function readServerAddress(
  variable: ReadVariable,
  { hasTls }: { hasTls: boolean },
): ServerAddress {
  const port = variable("PORT", read.integer(1, 65_535), 3000);
  const origin = variable("ORIGIN", read.origin, `http://localhost:${port}`);
  const isLocal = read.isLoopback(new URL(origin).hostname);
  // Nothing but a proxy on this machine reaches it, unless it speaks TLS itself.
  const ownHost = hasTls ? "0.0.0.0" : "127.0.0.1";
  return { port, origin, host: variable("HOST", read.host, isLocal ? "localhost" : ownHost) };
}

/** Addresses that mean every address of this machine, and one of each that connects. */
const EVERY_ADDRESS: Record<string, string> = { "0.0.0.0": "127.0.0.1", "::": "::1" };

/** The URL at which this machine reaches the server itself, without a proxy. */
export function localUrl(
  { host, port }: Pick<ServerAddress, "host" | "port">,
  { hasTls }: { hasTls: boolean },
): string {
  const address = EVERY_ADDRESS[host] ?? host;
  const name = address.includes(":") ? `[${address}]` : address;
  return `${hasTls ? "https" : "http"}://${name}:${port}`;
}
