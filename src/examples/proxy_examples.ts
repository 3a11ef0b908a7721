import type { Config } from "../config.ts";
import { localUrl } from "../config/address.ts";
import caddy from "./caddy.txt" with { type: "text" };
import type { Filling } from "./fill_example.ts";
import haproxy from "./haproxy.txt" with { type: "text" };
import nginx from "./nginx.txt" with { type: "text" };

/** The configurations of proxies, by their names, with `{{…}}` for what settings decide. */
export const PROXY_EXAMPLES = { nginx, caddy, haproxy } as const;

/** How much longer than a shutdown a request waits for the next process: it starts in half a second. */
const START_SECONDS = 5;

/** What the settings fill in for a proxy. */
export function fillForProxy(config: Config): Filling {
  const { origin, shutdownMs, trustedProxies } = config;
  const url = new URL(origin);
  const values = {
    origin,
    hostname: url.hostname,
    https_port: url.port || "443",
    upstream: localUrl(config, { hasTls: false }).replace("http://", ""),
    wait_seconds: Math.ceil(shutdownMs / 1000) + START_SECONDS,
  };
  const networks = trustedProxies.map(([first, bits]) => `${first.toString()}/${bits}`);
  return { values, networks };
}
