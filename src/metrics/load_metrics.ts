import type { Config } from "../config.ts";
import type { Metrics } from "./metrics.ts";

/** The metrics, if the configuration has them; without `METRICS_PORT`, nothing of them is loaded. */
export async function loadMetrics(
  config: Pick<Config, "metrics">,
  labels: { version: string; commit: string },
): Promise<Metrics | null> {
  if (config.metrics === null) return null;
  const { createMetrics } = await import("./metrics.ts");
  return createMetrics({ ...labels, bun: Bun.version });
}
