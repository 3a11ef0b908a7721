import { watch } from "node:fs";

import { openStore } from "../db/open_store.ts";
import { createAssets } from "./assets.ts";
import { buildAssets } from "./build_assets.ts";
import { VERSION } from "./build_info.ts";
import { type Config, ConfigError, readConfig } from "./config.ts";
import { isLoopback } from "./config/values.ts";
import { exitWith } from "./exit.ts";
import { startGoogleStandIn } from "./google_stand_in/server.ts";
import { MACHINE } from "./machine.ts";
import { loadMetrics } from "./metrics/load_metrics.ts";
import type { Metrics } from "./metrics/metrics.ts";
import { PAGES } from "./pages/pages.ts";
import { ListenError } from "./process/listen.ts";
import { createLineSink, createLog, createReadableFormat } from "./process/log_sink.ts";
import { type RunningServer, startServer } from "./server.ts";

const VIEWS = `${import.meta.dir}/../views`;

/** The settings for development: the stand-in is on a different site than the application, as Google is. */
function readDevelopmentConfig(): Config {
  const config = readConfig({
    ...process.env,
    GOOGLE_OAUTH2_CLIENT_ID:
      process.env.GOOGLE_OAUTH2_CLIENT_ID || "foyer-development.apps.googleusercontent.com",
    GOOGLE_ACCOUNTS_URL: undefined,
    GOOGLE_JWKS_URL: undefined,
  });
  const mistakes: string[] = [];
  if (!isLoopback(new URL(config.origin).hostname)) {
    mistakes.push(
      `ORIGIN "${config.origin}" is public, but the stand-in for Google must stay local: unset ORIGIN`,
    );
  }
  if (config.port === 65_535)
    mistakes.push("PORT must be at most 65534: the stand-in for Google listens on the next port");
  if (mistakes.length > 0) throw new ConfigError(mistakes);
  const googleAccountsUrl = `http://127.0.0.1:${config.port + 1}`;
  return { ...config, googleAccountsUrl, googleJwksUrl: `${googleAccountsUrl}/oauth2/v3/certs` };
}

async function startStandIn(port: number): Promise<void> {
  try {
    await startGoogleStandIn({ port });
  } catch (cause) {
    throw new ListenError({ host: "127.0.0.1", port, cause });
  }
}

async function start(config: Config, metrics: Metrics | null): Promise<RunningServer> {
  const log = createLog(sink, { level: config.logLevel, addresses: config.logAddresses });
  const assets = createAssets(buildAssets(), config.brand);
  const store = await openStore(config.database, { ...MACHINE, onWrite: metrics?.timeWrite });
  return startServer({ ...MACHINE, config, store, metrics, pages: PAGES, assets, log });
}

const hasColors = process.stdout.isTTY === true && !process.env.NO_COLOR;
const format = createReadableFormat({ hasColors });
const sink = createLineSink((line) => console.info(line), format);

try {
  const config = readDevelopmentConfig();
  await startStandIn(config.port + 1);
  const metrics = await loadMetrics(config, { version: VERSION, commit: "unknown" });
  let server = await start(config, metrics);
  console.info(`
  Foyer is at ${config.origin}: open it, click “Sign in with Google”, choose a person.
  No Google project is needed: a stand-in for Google is at ${config.googleAccountsUrl}.
  Reload the page to see changes to the code. Stop with Ctrl+C.
`);

  async function restart(): Promise<void> {
    // If this throws, the old server keeps running and the error is printed.
    buildAssets();
    await server.stop();
    server = await start(config, metrics);
  }

  // `bun --watch` restarts this file when a module changes. It does not see files for browsers.
  let restarting = Promise.resolve();
  watch(VIEWS, { recursive: true }, (_event, file) => {
    if (!file?.startsWith("browser") && !file?.endsWith(".css")) return;
    restarting = restarting.then(restart).catch((error: unknown) => console.error(String(error)));
  });
} catch (error) {
  exitWith(error);
}
