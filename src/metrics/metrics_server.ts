import type { Listening } from "../config/values.ts";
import type { Every } from "../machine.ts";
import { listen } from "../process/listen.ts";
import type { Metrics } from "./metrics.ts";

const PATH = "/metrics";
const LAG_EVERY_MS = 250;

interface MetricsServerOptions {
  /** `null`: nowhere, and nothing is done. */
  metrics: Metrics | null;
  place: Listening | null;
  every: Every;
}

/** Answers `GET /metrics` at `place`, and measures how late the event loop is. Returns how to stop. */
export function startMetricsServer({ metrics, place, every }: MetricsServerOptions) {
  if (!metrics || !place) return async () => {};
  const answer = async () => {
    const headers = { "content-type": metrics.contentType, "cache-control": "no-store" };
    return new Response(await metrics.write(), { headers });
  };
  const server = listen(
    { ...place, variable: "METRICS_PORT" },
    { gets: [[PATH, answer]], fetch: () => new Response(null, { status: 404 }) },
  );

  let last = performance.now();
  const stopTimer = every(LAG_EVERY_MS, () => {
    const now = performance.now();
    metrics.timeLag(Math.max(0, now - last - LAG_EVERY_MS));
    last = now;
  });
  return async () => {
    stopTimer();
    await server.stop(true);
  };
}
