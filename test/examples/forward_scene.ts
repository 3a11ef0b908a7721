import { fetchFrom } from "../fetch_from.ts";
import { freePort, startFoyerProcess } from "../foyer_process.ts";
import type { RemoteVisitor } from "../remote_visitor.ts";
import { type ProtectedApplication, startProtectedApplication } from "./protected_application.ts";
import { type ProxiedFoyer, startProxiedFoyer, STRANGER } from "./proxied_foyer.ts";
import type { ProxyKind } from "./start_proxy.ts";

/** The name of the cookie that opens protected applications. */
export const ACCESS_COOKIE = "__Secure-foyer_access";

/** A request to a protected application. */
export interface SiteRequest {
  /** Who asks, by a browser that is signed in or not. */
  as?: RemoteVisitor;
  method?: string;
  headers?: Record<string, string>;
  body?: string;
}

/** Foyer and two applications behind one real proxy: `wiki` for members, `grafana` for Ada alone. */
export interface ForwardScene extends ProxiedFoyer {
  wiki: ProtectedSite;
  grafana: ProtectedSite;
  /** Starts Foyer again, with other settings. */
  restart(env: Record<string, string>): Promise<void>;
}

/** An application, and the public way to it. */
export interface ProtectedSite extends ProtectedApplication {
  origin: string;
  ask(path: string, request?: SiteRequest): Promise<Response>;
}

/** The headers of a navigation, as browsers send them. */
export const NAVIGATION = {
  accept: "text/html,application/xhtml+xml,*/*;q=0.8",
  "sec-fetch-mode": "navigate",
  "sec-fetch-dest": "document",
};

/** Who may open what, on `port`. */
export function sitesOn(port: number | string, grafana = "ada.lovelace@gmail.com"): string {
  const [wiki, other] = ["wiki", "grafana"].map(
    (name) => `https://${name}.foyer.localhost:${port}`,
  );
  return `${wiki} "Wiki" members, ${other} ${grafana}`;
}

/** Starts all of it. `edit` may break the proxy's configuration. */
export async function startForwardScene(
  kind: ProxyKind,
  edit = (printed: string) => printed,
): Promise<ForwardScene> {
  const port = freePort();
  const applications = ["wiki", "grafana"].map(startProtectedApplication);
  const [wiki, grafana] = applications as [ProtectedApplication, ProtectedApplication];
  const scene = await startProxiedFoyer(kind, {
    env: {
      ORIGIN: `https://auth.foyer.localhost:${port}`,
      COOKIE_DOMAIN: "foyer.localhost",
      FORWARD_AUTH_ORIGINS: sitesOn(port),
    },
    example: `${kind.name}-forward`,
    names: ["DNS:*.foyer.localhost"],
    edit: (printed) =>
      edit(
        printed
          .replaceAll("127.0.0.1:8081", wiki.address)
          .replaceAll("127.0.0.1:8082", grafana.address),
      ),
  });
  const send = fetchFrom(STRANGER, scene.proxy.certificate.pem);
  const siteOf = (name: string, application: ProtectedApplication): ProtectedSite => {
    const origin = `https://${name}.foyer.localhost:${port}`;
    return {
      ...application,
      origin,
      ask: (path, { as, headers = {}, ...init } = {}) => {
        const access = as?.cookies.get(ACCESS_COOKIE);
        const own: Record<string, string> = access ? { cookie: `${ACCESS_COOKIE}=${access}` } : {};
        return send(origin + path, { ...init, headers: { ...own, ...headers } });
      },
    };
  };
  const forward: ForwardScene = {
    ...scene,
    wiki: siteOf("wiki", wiki),
    grafana: siteOf("grafana", grafana),
    async restart(changes) {
      await forward.foyer.stop("SIGKILL");
      const { cwd, env } = forward.foyer;
      const command = [process.execPath, "src/main.ts"];
      forward.foyer = await startFoyerProcess(command, { cwd, env: { ...env, ...changes } });
    },
    async stop() {
      for (const application of applications) application.stop();
      await forward.foyer.stop("SIGKILL");
      await scene.stop();
    },
  };
  return forward;
}
