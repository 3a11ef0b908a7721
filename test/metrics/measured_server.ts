import type { AppStore } from "../../db/contract/app_store.ts";
import { openSqlite } from "../../db/sqlite/open_sqlite.ts";
import { type Environment, readConfig } from "../../src/config.ts";
import { MACHINE } from "../../src/machine.ts";
import { loadMetrics } from "../../src/metrics/load_metrics.ts";
import { startServer } from "../../src/server.ts";
import { CLIENT_ID, NO_ASSETS, sharedStandIn } from "../fixture.ts";
import { freePort } from "../foyer_process.ts";
import { TEST_PAGES } from "../pages.tsx";
import { RemoteVisitor } from "../remote_visitor.ts";

/** A server with metrics, over real HTTP. */
export interface MeasuredServer {
  origin: string;
  /** Where the metrics are. */
  metricsUrl: string;
  store: AppStore;
  visitor(): RemoteVisitor;
  /** Every series, with its value. */
  scrape(): Promise<Map<string, number>>;
  stop(): Promise<unknown>;
}

/** Starts a server with an empty database in memory. */
export async function startMeasured(env: Environment = {}): Promise<MeasuredServer> {
  const google = await sharedStandIn();
  const [port, metricsPort] = [freePort(), freePort()];
  const config = readConfig({
    PORT: String(port),
    METRICS_PORT: String(metricsPort),
    GOOGLE_OAUTH2_CLIENT_ID: CLIENT_ID,
    GOOGLE_ACCOUNTS_URL: google.origin,
    GOOGLE_JWKS_URL: `${google.origin}/oauth2/v3/certs`,
    SIGN_IN_LIMIT: "0",
    ...env,
  });
  const metrics = await loadMetrics(config, { version: "1.2.3", commit: "abc" });
  const store = openSqlite(":memory:", { ...MACHINE, onWrite: metrics?.timeWrite });
  const log = () => {};
  const parts = { config, store, metrics, log, pages: TEST_PAGES, assets: NO_ASSETS };
  const server = startServer({ ...MACHINE, ...parts });
  const origin = `http://localhost:${port}`;
  const metricsUrl = `http://127.0.0.1:${metricsPort}/metrics`;
  return {
    origin,
    metricsUrl,
    store,
    visitor: () => new RemoteVisitor(origin),
    scrape: async () => parseScrape(await (await fetch(metricsUrl)).text()),
    stop: () => server.stop(),
  };
}

/** Reads the text format of Prometheus: each line is a series and its value. */
function parseScrape(text: string): Map<string, number> {
  const lines = text.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  return new Map(
    lines.map((line) => {
      const [, series = "", value] = /^([a-z_]+(?:\{.*\})?) (\S+)$/.exec(line) ?? [];
      if (series === "") throw new Error(`Not a sample: ${line}`);
      return [series, Number(value)];
    }),
  );
}

/** The sum of the series of one metric that have all of these labels. */
export function sumOf(
  scraped: Map<string, number>,
  name: string,
  labels: Record<string, string> = {},
): number {
  const wanted = Object.entries(labels).map(([label, value]) => `${label}="${value}"`);
  let sum = 0;
  for (const [series, value] of scraped) {
    const isNamed = series === name || series.startsWith(`${name}{`);
    if (isNamed && wanted.every((label) => series.includes(label))) sum += value;
  }
  return sum;
}
