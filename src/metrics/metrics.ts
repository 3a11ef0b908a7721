import { Counter, Gauge, Histogram, Registry } from "prom-client";

import { REFUSALS } from "../errors.ts";
import { BINDING_OUTCOMES, type Counts, SKIP_REASONS } from "../http/counts.ts";
import type { Answered } from "../http/observed_answers.ts";
import { addGauges, type MetricsSources } from "./gauges.ts";

/** What is counted as it happens, and what is read when somebody asks. */
export interface Metrics extends Counts {
  countAnswer(answered: Answered): void;
  /** A write to the database took so many milliseconds. */
  timeWrite(ms: number): void;
  /** The event loop was so many milliseconds late. */
  timeLag(ms: number): void;
  /** Where the gauges are read from now on. */
  readFrom(sources: MetricsSources): void;
  /** Every metric, in the text format of Prometheus. */
  write(): Promise<string>;
  readonly contentType: string;
}

/** What is running, as labels. */
export interface BuildLabels {
  version: string;
  commit: string;
  bun: string;
}

/** In seconds: from an asset in memory to what a person gives up waiting for. */
const ANSWER_SECONDS = [
  0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10,
];
/** In seconds: from a write into a cache to the wait for the lock of another process. */
const WRITE_SECONDS = [
  0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 1,
];
/** In seconds: from what nobody notices to what everybody does. */
const LAG_SECONDS = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5];

const SECOND_MS = 1000;

/** Creates metrics in a registry of their own. Labels have few values: none is a text of a client. */
export function createMetrics(build: BuildLabels): Metrics {
  const registers = [new Registry()];
  const [registry] = registers as [Registry];
  const answers = new Counter({
    name: "foyer_http_requests_total",
    help: "Answered requests",
    labelNames: ["method", "route", "status"],
    registers,
  });
  const durations = new Histogram({
    name: "foyer_http_request_duration_seconds",
    help: "Time until an answer begins",
    labelNames: ["route"],
    buckets: ANSWER_SECONDS,
    registers,
  });
  const signIns = new Counter({
    name: "foyer_sign_ins_total",
    help: "Attempts to sign in",
    labelNames: ["outcome"],
    registers,
  });
  const refusals = new Counter({
    name: "foyer_refusals_total",
    help: "Refused requests",
    labelNames: ["code"],
    registers,
  });
  const bindings = new Counter({
    name: "foyer_bindings_total",
    help: "What happened to what binds sessions to devices",
    labelNames: ["outcome"],
    registers,
  });
  const skips = new Counter({
    name: "foyer_bindings_skipped_total",
    help: "Requests that browsers sent without the bound cookie",
    labelNames: ["reason"],
    registers,
  });
  const writes = new Histogram({
    name: "foyer_database_write_duration_seconds",
    help: "Time of a transaction that writes",
    buckets: WRITE_SECONDS,
    registers,
  });
  const lags = new Histogram({
    name: "foyer_event_loop_lag_seconds",
    help: "How late a timer runs, because something else did",
    buckets: LAG_SECONDS,
    registers,
  });
  const info = new Gauge({
    name: "foyer_build_info",
    help: "What is running",
    labelNames: ["version", "commit", "bun"],
    registers,
  });
  info.set({ ...build }, 1);
  // A series that begins with its first event hides it from `increase`.
  signIns.inc({ outcome: "signed_in" }, 0);
  for (const code of Object.keys(REFUSALS)) refusals.inc({ code }, 0);
  for (const outcome of BINDING_OUTCOMES) bindings.inc({ outcome }, 0);
  for (const reason of SKIP_REASONS) skips.inc({ reason }, 0);
  const gauges = addGauges(registry);

  return {
    countAnswer({ method, route, status, ms }) {
      answers.inc({ method, route, status });
      durations.observe({ route }, ms / SECOND_MS);
    },
    countSignIn: (outcome) => signIns.inc({ outcome }),
    countRefusal: (code) => refusals.inc({ code }),
    countBinding: (outcome) => bindings.inc({ outcome }),
    countSkipped: (reason) => skips.inc({ reason }),
    timeWrite: (ms) => writes.observe(ms / SECOND_MS),
    timeLag: (ms) => lags.observe(ms / SECOND_MS),
    readFrom: gauges.readFrom,
    async write() {
      await gauges.read();
      return registry.metrics();
    },
    contentType: registry.contentType,
  };
}
