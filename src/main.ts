import { openSqlite } from "../db/sqlite.ts";
import { createAssets } from "./assets.ts";
import { buildAssets } from "./build_assets.ts" with { type: "macro" };
import { readConfig } from "./config.ts";
import { exitWith } from "./exit.ts";
import { createLog } from "./log.ts";
import { startServer } from "./server.ts";

const USAGE = `Usage: foyer

Serves Foyer. Settings come from environment variables, which the README lists.`;

function main(args: string[]): void {
  if (args.length > 0) {
    const isHelp = args[0] === "--help" || args[0] === "-h";
    (isHelp ? console.info : console.error)(USAGE);
    process.exitCode = isHelp ? 0 : 2;
    return;
  }
  const config = readConfig(process.env);
  // The database holds addresses: it is nobody else's to read.
  process.umask(0o077);
  const store = openSqlite(config.databasePath);
  const log = createLog((line) => console.info(line));
  const server = startServer({ config, store, assets: createAssets(buildAssets()), log });
  log("info", "started", { origin: config.origin, host: config.host, port: config.port });

  let stopping: Promise<void> | null = null;
  const shutDownOnce = (signal: string) => {
    stopping ??= shutDown(signal);
  };
  process.on("SIGTERM", shutDownOnce);
  process.on("SIGINT", shutDownOnce);

  async function shutDown(signal: string): Promise<void> {
    log("info", "stopping", { signal });
    await server.stop();
    log("info", "stopped");
    process.exit(0);
  }
}

try {
  main(process.argv.slice(2));
} catch (error) {
  exitWith(error);
}
