import type { Config } from "../../config.ts";
import { localUrl } from "../../config/address.ts";
import { TIMEOUT_MS } from "./finding.ts";

/** Asks the public origin for a path. */
export type Ask = (path: string, init?: RequestInit) => Promise<Response>;

/** Asks the server on this machine, without the proxy in front. */
export function askHere(config: Config, path: string): Promise<Response> {
  return fetch(localUrl(config, { hasTls: config.tls !== null }) + path, {
    redirect: "error",
    signal: AbortSignal.timeout(TIMEOUT_MS),
    // No proxy leads to this machine. Its certificate is for the public name, and nothing secret is said or heard.
    proxy: false,
    tls: { rejectUnauthorized: false },
  });
}

/** Whether a proxy is expected in front: somebody must speak TLS. */
export function isBehindProxy({ origin, tls }: Config): boolean {
  return origin.startsWith("https:") && tls === null;
}

/** Whether an answer is Foyer's, and not a proxy's. */
export function isFoyers({ headers }: Response): boolean {
  return headers.get("x-answered-by") === "application";
}
