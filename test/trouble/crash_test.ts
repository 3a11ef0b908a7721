import { afterAll, expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { buildBinary } from "../build_binary.ts";
import { crash } from "./crash.ts";

const folder = mkdtempSync(join(tmpdir(), "foyer-crash-"));
afterAll(() => rmSync(folder, { recursive: true }));
const KILLS = 10;

// `bun run test:crash` kills 200 times.
test("what was answered is true after kill -9", async () => {
  const seed = Number(process.env.TROUBLE_SEED ?? 20_261_126);
  console.info(`seed ${seed}`);
  const { faults, answered, counted } = await crash({
    binary: buildBinary(folder),
    folder,
    kills: KILLS,
    seed,
  });
  expect(faults).toEqual([]);
  expect(answered.sign_in).toBeGreaterThan(KILLS);
  // Many acts were under way at once, and shared their commits.
  expect(counted?.acts).toBeGreaterThan(KILLS);
  expect(counted?.commits).toBeLessThan(counted?.acts ?? 0);
}, 60_000);
