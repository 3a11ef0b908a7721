import { Counter, Gauge, type Registry } from "prom-client";

import type { Store } from "../../db/contract/store.ts";
import type { GoogleKeys } from "../auth/google_keys.ts";
import type { DescriptorUse } from "../process/descriptors.ts";
import type { LoginEvents } from "../session/login_events.ts";
import { readProcessUse } from "./process_use.ts";

/** Where the gauges are read. */
export interface MetricsSources {
  store: Pick<Store, "readFigures">;
  googleKeys: Pick<GoogleKeys, "ageMs">;
  loginEvents: Pick<LoginEvents, "listenerCount">;
  readDescriptors: () => DescriptorUse | null;
  now: () => number;
}

/** Adds what is read at each scrape. A database that does not answer leaves its last figures, and says so. */
export function addGauges(registry: Registry) {
  let sources: MetricsSources | null = null;
  const registers = [registry];
  const gauge = (name: string, help: string) => new Gauge({ name, help, registers });
  const isUp = gauge("foyer_database_up", "Whether the database answers");
  const size = gauge("foyer_database_size_bytes", "Size of the database");
  const sessions = gauge("foyer_sessions", "Sessions that are alive");
  const backup = gauge(
    "foyer_last_backup_timestamp_seconds",
    "When the last good backup was made; 0: never",
  );
  const streams = gauge("foyer_event_streams", "Open streams of login status changes");
  const keys = gauge(
    "foyer_google_keys_timestamp_seconds",
    "When Google's keys were last fetched; 0: never",
  );
  // These names are the same for every program that Prometheus knows.
  const cpu = new Counter({
    name: "process_cpu_seconds_total",
    help: "CPU time, of user and system",
    registers,
  });
  const memory = gauge("process_resident_memory_bytes", "Resident memory");
  const started = gauge("process_start_time_seconds", "When the process started");
  const openFiles = gauge("process_open_fds", "Open file descriptors");
  const mostFiles = gauge("process_max_fds", "How many file descriptors may be open");

  async function readDatabase({ store, now }: MetricsSources): Promise<void> {
    const figures = await store.readFigures(now()).catch(() => null);
    isUp.set(figures ? 1 : 0);
    if (!figures) return;
    size.set(figures.databaseBytes);
    sessions.set(figures.sessions);
    backup.set(seconds(figures.backupAt ?? 0));
  }

  function readProcess({ readDescriptors }: MetricsSources): void {
    const use = readProcessUse();
    cpu.reset();
    cpu.inc(use.cpuSeconds);
    memory.set(use.residentBytes);
    started.set(seconds(use.startedAt));
    const descriptors = readDescriptors();
    if (!descriptors) return;
    openFiles.set(descriptors.open);
    mostFiles.set(descriptors.limit);
  }

  return {
    readFrom(from: MetricsSources) {
      sources = from;
    },
    async read() {
      if (!sources) return;
      const { loginEvents, googleKeys, now } = sources;
      const ageMs = googleKeys.ageMs();
      keys.set(ageMs === null ? 0 : seconds(now() - ageMs));
      streams.set(loginEvents.listenerCount);
      readProcess(sources);
      await readDatabase(sources);
    },
  };
}

function seconds(ms: number): number {
  return ms / 1000;
}
