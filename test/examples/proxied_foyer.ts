import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { GoogleStandIn } from "../../src/google_stand_in/server.ts";
import { fetchFrom } from "../fetch_from.ts";
import { CLIENT_ID, sharedStandIn } from "../fixture.ts";
import { type FoyerProcess, freePort, startFoyerProcess } from "../foyer_process.ts";
import { RemoteVisitor } from "../remote_visitor.ts";
import { type ProxyKind, type ProxyOptions, type RunningProxy, startProxy } from "./start_proxy.ts";

const ROOT = join(import.meta.dir, "../..");

/** An address of this machine that is no proxy's, for Foyer: everybody comes from there. */
export const STRANGER = "127.0.0.2";

/** A Foyer behind a real proxy, on `https://localhost:PORT` unless `ORIGIN` says otherwise. */
export interface ProxiedFoyer {
  foyer: FoyerProcess;
  google: GoogleStandIn;
  proxy: RunningProxy;
  env: Record<string, string>;
  folder: string;
  /** A browser on another machine than the proxy. */
  visitor(): RemoteVisitor;
  stop(): Promise<void>;
}

export interface ProxiedFoyerOptions extends Pick<ProxyOptions, "example" | "edit" | "names"> {
  env?: Record<string, string>;
  /** The command of Foyer, instead of the source. */
  command?: string[];
}

/** Starts both, from source. `edit` may break the proxy's configuration. */
export async function startProxiedFoyer(
  kind: ProxyKind,
  {
    env: extra = {},
    command = [process.execPath, "src/main.ts"],
    ...proxyOptions
  }: ProxiedFoyerOptions = {},
): Promise<ProxiedFoyer> {
  const folder = mkdtempSync(join(tmpdir(), "foyer-proxied-"));
  const google = await sharedStandIn();
  const env = {
    ORIGIN: `https://localhost:${freePort()}`,
    HOST: "127.0.0.1",
    PORT: String(freePort()),
    TRUSTED_PROXIES: "127.0.0.1",
    SHUTDOWN_SECONDS: "0",
    DATABASE_URL: `file:${folder}/foyer.db`,
    GOOGLE_OAUTH2_CLIENT_ID: CLIENT_ID,
    GOOGLE_ACCOUNTS_URL: google.origin,
    GOOGLE_JWKS_URL: `${google.origin}/oauth2/v3/certs`,
    GOOGLE_UX_MODE: "redirect",
    ...extra,
  };
  const [foyer, proxy] = await Promise.all([
    startFoyerProcess(command, { cwd: ROOT, env }),
    startProxy(kind, { folder, env, ...proxyOptions }),
  ]);
  const send = fetchFrom(STRANGER, proxy.certificate.pem);
  return {
    foyer,
    google,
    proxy,
    env,
    folder,
    visitor: () => new RemoteVisitor(proxy.origin, send),
    async stop() {
      await Promise.all([foyer.stop("SIGKILL"), proxy.stop()]);
      rmSync(folder, { recursive: true });
    },
  };
}
