import { afterAll, describe, expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { buildBinary } from "../../build_binary.ts";
import { hasPostgres } from "../../programs.ts";
import { crashPostgres } from "./crash.ts";

const folder = mkdtempSync(join(tmpdir(), "foyer-crash-"));
afterAll(() => rmSync(folder, { recursive: true }));
const KILLS = 5;

// `bun run test:crash --postgres` stops it 200 times.
describe.skipIf(!hasPostgres)("a PostgreSQL that is stopped at once", () => {
  test("has what was answered", async () => {
    const seed = Number(process.env.TROUBLE_SEED ?? 20_261_126);
    console.info(`seed ${seed}`);
    const { faults, answered } = await crashPostgres({
      binary: buildBinary(folder),
      folder,
      kills: KILLS,
      seed,
    });
    expect(faults).toEqual([]);
    expect(answered.sign_in).toBeGreaterThan(KILLS);
  }, 60_000);
});
