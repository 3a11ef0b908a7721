import { openStore } from "../db/open_store.ts";
import { createAssets } from "./assets.ts";
import { buildAssets } from "./build_assets.ts" with { type: "macro" };
import { BUILD, VERSION } from "./build_info.ts";
import { ConfigError } from "./config.ts";
import { checkConfig } from "./config/check.ts";
import { describeUnknown } from "./config/names.ts";
import { MACHINE } from "./machine.ts";
import { loadMetrics } from "./metrics/load_metrics.ts";
import { PAGES } from "./pages/pages.ts";
import { createLogOutput } from "./process/log_output.ts";
import { createLineSink, createLog } from "./process/log_sink.ts";
import { createSignalHandler } from "./process/signals.ts";
import { isInContainer, warnAtStart } from "./process/start_warnings.ts";
import { startServer } from "./server.ts";

const STDOUT = 1;

/** Starts the server with the environment of `host`, and stops it when a signal comes. Throws if it cannot start. */
export async function serve(host: NodeJS.Process): Promise<void> {
  const { config, mistakes, unknown } = checkConfig(host.env);
  if (!config) throw new ConfigError([...mistakes, ...unknown.map(describeUnknown)]);
  const metrics = await loadMetrics(config, {
    version: VERSION,
    commit: BUILD?.commit ?? "unknown",
  });
  const output = createLogOutput(STDOUT, {
    onLoss: (count) => log("warn", "log_lines_lost", { count }),
  });
  host.on("exit", output.flushNow);
  const log = createLog(createLineSink(output.add), {
    level: config.logLevel,
    addresses: config.logAddresses,
  });
  const store = await openStore(config.database, {
    ...MACHINE,
    onWrite: metrics?.timeWrite,
    onMigrated: ({ applied, copy }) => log("info", "migrated", { applied: applied.join(), copy }),
  });
  for (const variable of unknown) log("warn", "unknown_variable", { ...variable });
  const server = startServer({
    ...MACHINE,
    config,
    store,
    metrics,
    pages: PAGES,
    assets: createAssets(buildAssets(), config.brand),
    log,
  });
  log("info", "started", {
    origin: config.origin,
    host: config.host,
    port: config.port,
    version: VERSION,
    commit: BUILD?.commit,
  });

  warnAtStart(config, { ...MACHINE, log, isInContainer: isInContainer(host.env) });

  const onSignal = createSignalHandler({ server, log, flush: output.flush, exit: host.exit });
  host.on("SIGTERM", onSignal);
  host.on("SIGINT", onSignal);
}
