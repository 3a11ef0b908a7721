import type { Config } from "../config.ts";
import alerts from "./alerts.txt" with { type: "text" };
import type { Filling } from "./fill_example.ts";

/** The alert rules of Prometheus, with `{{…}}` for what settings decide. */
export const ALERT_EXAMPLE = alerts;

/** Stands for a port that is not chosen yet. */
const PORT = 9464;

/** What the settings fill in for Prometheus. */
export function fillForPrometheus({ origin, metrics }: Config): Filling {
  const { host, port } = metrics ?? { host: "127.0.0.1", port: PORT };
  const address = `${host.includes(":") ? `[${host}]` : host}:${port}`;
  const isLoopback = host === "127.0.0.1";
  const values = {
    origin,
    metrics_address: address,
    metrics_setting: isLoopback ? port : address,
  };
  return { values, networks: [] };
}
