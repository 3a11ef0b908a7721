import type { ReadVariable } from "./reader.ts";
import { certificates, privateKey, type Tls } from "./tls.ts";
import * as read from "./values.ts";

/** How the process runs: what the people who operate it decide. */
export interface Operation {
  /** Where the metrics are, or `null`: then there are none. */
  readonly metrics: read.Listening | null;
  /** The least severe lines that the log has. */
  readonly logLevel: "debug" | "info" | "warn" | "error";
  /** How much of an address the log has: all of it, its network, or nothing. */
  readonly logAddresses: "full" | "short" | "none";
  /** How long requests in flight may take at shutdown, in milliseconds. */
  readonly shutdownMs: number;
  /** The certificates and the key in PEM; `null`: a proxy in front speaks TLS. */
  readonly tls: Tls | null;
  /** After how many milliseconds without a sign-in an account is deleted; `null`: never. */
  readonly accountRetentionMs: number | null;
}

const DAY_MS = 86_400_000;

/** Reads the variables about how the process runs. */
export function readOperation(variable: ReadVariable): Operation {
  const cert = variable("TLS_CERT", certificates, "");
  const key = variable("TLS_KEY", privateKey, "");
  const retentionDays = variable<number | null>(
    "ACCOUNT_RETENTION_DAYS",
    read.integer(1, 36_500),
    null,
  );
  return {
    metrics: variable<read.Listening | null>("METRICS_PORT", read.listening, null),
    logLevel: variable("LOG_LEVEL", read.oneOf(["debug", "info", "warn", "error"]), "info"),
    logAddresses: variable("LOG_ADDRESSES", read.oneOf(["full", "short", "none"]), "full"),
    shutdownMs: 1000 * variable("SHUTDOWN_SECONDS", read.integer(0, 3600), 10),
    tls: cert && key ? { cert, key } : null,
    accountRetentionMs: retentionDays === null ? null : retentionDays * DAY_MS,
  };
}
