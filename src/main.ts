import { openStore } from "../db/open_store.ts";
import { createAssets } from "./assets.ts";
import { buildAssets } from "./build_assets.ts" with { type: "macro" };
import { BUILD, VERSION } from "./build_info.ts";
import { type Command, type CommandGroup, readArguments } from "./commands/command_line.ts";
import { COMMANDS } from "./commands/commands.ts";
import { runCommand } from "./commands/run_command.ts";
import { ConfigError, type Environment } from "./config.ts";
import { checkConfig } from "./config/check.ts";
import { describeUnknown } from "./config/names.ts";
import { exitWith } from "./exit.ts";
import { MACHINE } from "./machine.ts";
import { loadMetrics } from "./metrics/load_metrics.ts";
import { PAGES } from "./pages/pages.ts";
import { createLogOutput } from "./process/log_output.ts";
import { createLineSink, createLog } from "./process/log_sink.ts";
import { createSignalHandler } from "./process/signals.ts";
import { isInContainer, warnAtStart } from "./process/start_warnings.ts";
import { createTerminal } from "./process/terminal.ts";
import { startServer } from "./server.ts";

const STDOUT = 1;

const SERVE: Command = {
  summary: "Starts the server; what is done without a command",
  usage: `foyer [serve]

Starts the server. The README lists the environment variables that configure it.`,
  run: async ({ env }, args) => {
    readArguments(args, { usage: SERVE.usage, count: 0, options: {} });
    await serve(env);
  },
};

const PROGRAM = {
  summary: "A front door for web applications: Sign in with Google, and sessions",
  commands: new Map<string, Command | CommandGroup>([["serve", SERVE], ...COMMANDS]),
};

async function main(args: string[]): Promise<void> {
  // The database contains addresses: no other user may read its files.
  process.umask(0o077);
  const context = { ...MACHINE, ...createTerminal(process), env: process.env };
  const [name = "serve", ...rest] = args;
  const command = name === "--version" ? "version" : name;
  await runCommand(PROGRAM, { args: [command, ...rest], context });
}

async function serve(env: Environment): Promise<void> {
  const { config, mistakes, unknown } = checkConfig(env);
  if (!config) throw new ConfigError([...mistakes, ...unknown.map(describeUnknown)]);
  const metrics = await loadMetrics(config, {
    version: VERSION,
    commit: BUILD?.commit ?? "unknown",
  });
  const output = createLogOutput(STDOUT, {
    onLoss: (count) => log("warn", "log_lines_lost", { count }),
  });
  process.on("exit", output.flushNow);
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

  warnAtStart(config, { ...MACHINE, log, isInContainer: isInContainer(env) });

  const onSignal = createSignalHandler({ server, log, flush: output.flush, exit: process.exit });
  process.on("SIGTERM", onSignal);
  process.on("SIGINT", onSignal);
}

main(process.argv.slice(2)).catch(exitWith);
