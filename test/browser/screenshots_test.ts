import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { chromiumPath } from "./chromium.ts";
import { SHOTS, takeScreenshots } from "./screenshots.ts";

/** A page with something on it does not fit into less, in bytes. */
const LEAST_BYTES = 8000;

describe.skipIf(!chromiumPath)("the pictures of the README", () => {
  let directory = "";

  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), "foyer-screenshots-"));
    await takeScreenshots(directory);
  }, 60_000);

  afterAll(() => rmSync(directory, { recursive: true }));

  for (const [name, { size }] of Object.entries(SHOTS)) {
    test(`${name} can be taken, at its size`, () => {
      const png = readFileSync(join(directory, `${name}.png`));
      expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual(size);
      expect(png.byteLength).toBeGreaterThan(LEAST_BYTES);
    });
  }

  test("stand in the repository, all of them and no others", () => {
    const kept = readdirSync(join(import.meta.dir, "screenshots")).toSorted();
    expect(kept).toEqual(readdirSync(directory).toSorted());
  });
});
