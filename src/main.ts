import { openSqlite } from "../db/sqlite.ts";
import { createAssets } from "./assets.ts";
import { buildAssets } from "./build_assets.ts" with { type: "macro" };
import { COMMANDS } from "./commands/commands.ts";
import { readConfig } from "./config.ts";
import { exitWith } from "./exit.ts";
import { createLog } from "./log.ts";
import { MACHINE } from "./machine.ts";
import { PAGES } from "./pages/pages.ts";
import { startServer } from "./server.ts";

const USAGE = `Usage: foyer [COMMAND]

Starts the Foyer server. The README lists the environment variables that configure it.

Commands:
${[...COMMANDS].map(([name, { summary }]) => `  ${name.padEnd(6)} ${summary}`).join("\n")}`;

async function main([name, ...rest]: string[]): Promise<void> {
  // The database contains addresses: no other user may read its files.
  process.umask(0o077);
  if (name === undefined) return serve();
  const command = COMMANDS.get(name);
  const isHelp = ["--help", "-h"].includes(rest[0] ?? name);
  if (command && isHelp) return console.info(`Usage: ${command.usage}`);
  if (command) return command.run({ ...MACHINE, env: process.env, print: console.info }, rest);
  (isHelp ? console.info : console.error)(USAGE);
  process.exitCode = isHelp ? 0 : 2;
}

function serve(): void {
  const config = readConfig(process.env);
  const store = openSqlite(config.databasePath, MACHINE);
  const log = createLog((line) => console.info(line));
  const server = startServer({
    ...MACHINE,
    config,
    store,
    pages: PAGES,
    assets: createAssets(buildAssets(), config.brand),
    log,
  });
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

main(process.argv.slice(2)).catch(exitWith);
