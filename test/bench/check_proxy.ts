import { nginx, startProxy } from "../examples/start_proxy.ts";
import { freePort } from "../foyer_process.ts";
import { ask } from "./load_client.ts";
import { siteRequest } from "./requests.ts";

/** Two public addresses of one application. Who comes to the second is not checked. */
export interface ProxiedSites {
  checked: { origin: string; port: number };
  open: { origin: string; port: number };
}

/** Chooses the addresses: Foyer's settings name them. */
export function chooseSites(): ProxiedSites {
  const siteAt = (name: string, port: number) => ({
    origin: `https://${name}.foyer.localhost:${port}`,
    port,
  });
  return { checked: siteAt("checked", freePort()), open: siteAt("open", freePort()) };
}

interface CheckProxyOptions {
  folder: string;
  resources: AsyncDisposableStack;
  env: Record<string, string>;
  applicationPort: number;
}

/**
 * Starts nginx as `foyer example nginx-forward` prints it for `env`, whose last two applications are `sites`, both the
 * one at `applicationPort`. They are served without TLS, which costs both the same.
 */
export async function startCheckProxy(
  { checked, open }: ProxiedSites,
  { folder, resources, env, applicationPort }: CheckProxyOptions,
): Promise<void> {
  const edit = (printed: string) => {
    const plain = printed
      .replaceAll(/127\.0\.0\.1:808\d/g, `127.0.0.1:${applicationPort}`)
      .replace(`listen ${checked.port} ssl http2`, `listen 127.0.0.1:${checked.port}`)
      .replace(`listen ${open.port} ssl http2`, `listen 127.0.0.1:${open.port}`);
    const last = plain.lastIndexOf("proxy_pass http://127.0.0.1");
    // The measuring connections are not closed in between.
    return `keepalive_requests 10000000;\n${plain.slice(0, last)}auth_request off; ${plain.slice(last)}`;
  };
  const proxy = await startProxy(nginx, { folder, env, example: "nginx-forward", edit });
  resources.defer(() => proxy.stop());
  const stranger = siteRequest({ accessToken: "" });
  const answers = [await ask(checked.port, stranger), await ask(open.port, stranger)];
  const statuses = answers.map(({ status }) => status).join(", ");
  if (statuses !== "302, 200") throw new Error(`nginx answers strangers with ${statuses}`);
}
