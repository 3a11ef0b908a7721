import type { Config } from "../config.ts";
import caddy from "./caddy.txt" with { type: "text" };
import type { Filling } from "./fill_example.ts";
import haproxy from "./haproxy.txt" with { type: "text" };
import nginx from "./nginx.txt" with { type: "text" };

/** The configurations of proxies, by their names, with `{{…}}` for what settings decide. */
export const PROXY_EXAMPLES = { nginx, caddy, haproxy } as const;

/** How much longer than a shutdown a request waits for the next process: it starts in half a second. */
const START_SECONDS = 5;

/** Addresses that mean every address of this machine: a proxy on it connects to loopback. */
const EVERY_ADDRESS = ["0.0.0.0", "::"];

/** What the settings fill in for a proxy. */
export function fillForProxy({ origin, host, port, shutdownMs, trustedProxies }: Config): Filling {
  const url = new URL(origin);
  const address = EVERY_ADDRESS.includes(host) ? "127.0.0.1" : host;
  const values = {
    origin,
    hostname: url.hostname,
    https_port: url.port || "443",
    upstream: `${address.includes(":") ? `[${address}]` : address}:${port}`,
    wait_seconds: Math.ceil(shutdownMs / 1000) + START_SECONDS,
  };
  const networks = trustedProxies.map(([first, bits]) => `${first.toString()}/${bits}`);
  return { values, networks };
}
