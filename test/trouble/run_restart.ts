import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";

import { buildBinary } from "../build_binary.ts";
import { isRunnable, PROXIES } from "../examples/start_proxy.ts";
import { describeReport, restartUnderLoad } from "./restart.ts";

// `bun run test:restart [--restarts N] [--proxy NAME]`: restarts the binary behind real proxies, under load.

const { values } = parseArgs({
  options: { restarts: { type: "string", default: "20" }, proxy: { type: "string" } },
});
const folder = mkdtempSync(join(tmpdir(), "foyer-restart-"));
try {
  const command = [buildBinary(folder)];
  for (const kind of PROXIES.filter(({ name }) => name === (values.proxy ?? name))) {
    if (!isRunnable(kind)) throw new Error(`${kind.name} or openssl is not installed`);
    const report = await restartUnderLoad(kind, { command, restarts: Number(values.restarts) });
    console.info(describeReport(kind.name, report));
    if (kind.name !== "nginx" && report.lostGets > 0) process.exitCode = 1;
  }
} finally {
  rmSync(folder, { recursive: true });
}
process.exit();
