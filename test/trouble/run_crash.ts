import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";

import { buildBinary } from "../build_binary.ts";
import { crashPostgres } from "../postgres/trouble/crash.ts";
import { crash } from "./crash.ts";

// `bun run test:crash [--postgres] [--kills N] [--seed N]`: kills the binary at random moments under load, or its PostgreSQL.

const { values } = parseArgs({
  options: {
    kills: { type: "string", default: "200" },
    seed: { type: "string" },
    postgres: { type: "boolean", default: false },
  },
});
const seed = Number(values.seed ?? Math.floor(Math.random() * 2 ** 31));
const kills = Number(values.kills);
console.info(`seed ${seed}, ${kills} kills`);
const folder = mkdtempSync(join(tmpdir(), "foyer-crash-"));
try {
  const { faults, ...counts } = await (values.postgres ? crashPostgres : crash)({
    binary: buildBinary(folder),
    folder,
    kills,
    seed,
    onKill: (kill, { members }) => {
      if (kill % 20 === 0) console.info(`${kill} kills, ${members.length} people`);
    },
  });
  console.info(counts);
  for (const fault of faults) console.error(fault);
  process.exitCode = faults.length > 0 ? 1 : 0;
} finally {
  rmSync(folder, { recursive: true });
}
