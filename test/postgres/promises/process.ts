import { writeSync } from "node:fs";

import { openStore } from "../../../db/open_store.ts";
import { readConfig } from "../../../src/config.ts";
import { MACHINE } from "../../../src/machine.ts";
import { createLineSink, createLog } from "../../../src/process/log_sink.ts";
import { startServer } from "../../../src/server.ts";
import { NO_ASSETS } from "../../fixture.ts";
import { TEST_PAGES } from "../../pages.tsx";
import { openClock } from "./clock.ts";

// `bun process.ts CLOCK`: the real server without assets, whose time tests move by the file CLOCK.

const STDOUT = 1;

const clock = openClock(process.argv[2] ?? "");
const now = () => clock.now;
const config = readConfig(process.env);
const log = createLog(
  createLineSink((line) => writeSync(STDOUT, line)),
  { now },
);
const machine = { ...MACHINE, now };
const store = await openStore(config.database, machine);
const server = startServer({
  ...machine,
  config,
  store,
  log,
  pages: TEST_PAGES,
  assets: NO_ASSETS,
});
log("info", "started", {});

process.on("SIGTERM", () => void server.stop().then(() => process.exit(0)));
