import type { Config } from "../config.ts";
import caddyForward from "./caddy_forward.txt" with { type: "text" };
import caddySite from "./caddy_forward_site.txt" with { type: "text" };
import { fillExample } from "./fill_example.ts";
import nginxForward from "./nginx_forward.txt" with { type: "text" };
import nginxRedirect from "./nginx_forward_http.txt" with { type: "text" };
import nginxSite from "./nginx_forward_site.txt" with { type: "text" };
import { fillForProxy, PROXY_EXAMPLES } from "./proxy_examples.ts";

/** What comes behind a proxy's own example to protect applications. */
interface ForwardParts {
  shared: string;
  /** For each application whose host name is not Foyer's own. */
  redirect: string;
  /** For each application. */
  site: string;
}

/** The proxies that can ask Foyer about each request. */
export const FORWARD_EXAMPLES = {
  nginx: { shared: nginxForward, redirect: nginxRedirect, site: nginxSite },
  // Caddy redirects by itself.
  caddy: { shared: caddyForward, redirect: "", site: caddySite },
} as const satisfies Record<string, ForwardParts>;

/** Where the first application listens, until the operator says better. */
const FIRST_PORT = 8081;

/** A proxy's whole configuration: Foyer's own host, and each protected application. */
export function fillForForward(name: keyof typeof FORWARD_EXAMPLES, config: Config): string {
  const { shared, redirect, site } = FORWARD_EXAMPLES[name];
  const { values, networks } = fillForProxy(config);
  const foyer = new URL(config.origin);
  const ours = { ...values, foyer_host: foyer.host };
  const sites = config.sites.map(({ origin, name: siteName }, index) => {
    const { host, hostname, port } = new URL(origin);
    const its = {
      site_origin: origin,
      site_name: siteName,
      site_host: host,
      site_hostname: hostname,
      site_port: port || "443",
      site_upstream: `127.0.0.1:${FIRST_PORT + index}`,
    };
    const template = hostname === foyer.hostname ? site : redirect + site;
    return fillExample(template, { values: { ...ours, ...its }, networks });
  });
  const own = fillExample(PROXY_EXAMPLES[name] + shared, { values: ours, networks });
  return own + sites.join("");
}
