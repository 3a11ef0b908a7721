import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { Environment } from "../../src/config.ts";
import { runInProcess } from "../commands/run_in_process.ts";
import { SYSTEMD_ANALYZE } from "../programs.ts";

let folder = "";

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "foyer-unit-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Prints the unit, with a program in it that is here, and writes it to a file. */
async function printUnit(env: Environment = {}) {
  const text = await runInProcess(["example", "systemd"], env);
  const path = join(mkdtempSync(join(folder, "unit-")), "foyer.service");
  writeFileSync(path, text.replaceAll("/usr/local/bin/foyer", process.execPath));
  return { text, path };
}

function analyze(...args: string[]) {
  const { exitCode, stdout, stderr } = Bun.spawnSync([SYSTEMD_ANALYZE.path, ...args]);
  return { exitCode, said: stdout.toString() + stderr.toString() };
}

const UNITS: [name: string, env: Environment][] = [
  ["for a plain port", { ORIGIN: "https://app.example.com" }],
  ["for a port that takes a right", { PORT: "443" }],
  ["for a database elsewhere, with an odd name", { DATABASE_URL: 'file:/srv/a b%c"\\/x.db' }],
];

describe.skipIf(!SYSTEMD_ANALYZE.isInstalled)("the unit", () => {
  for (const [name, env] of UNITS) {
    test(`${name} is one that systemd accepts without a word`, async () => {
      const { path } = await printUnit(env);
      expect(analyze("verify", path)).toEqual({ exitCode: 0, said: "" });
    });
  }

  test("is as safe as it says", async () => {
    const { text, path } = await printUnit();
    const [, figure] = /says ([\d.]+), "OK"/.exec(text) ?? [];
    const { said } = analyze("security", "--offline=true", path);
    const [, overall] = /Overall exposure level for foyer\.service: ([\d.]+) OK/.exec(said) ?? [];
    // Other versions of systemd look at other things.
    expect(Number(overall)).toBeGreaterThan(0);
    expect(Math.abs(Number(overall) - Number(figure))).toBeLessThan(0.35);
  });
});

test("the unit waits longer than a shutdown takes", async () => {
  const { text } = await printUnit({ SHUTDOWN_SECONDS: "90" });
  expect(text).toContain("\nTimeoutStopSec=95s\n");
});

test("the unit may write where the database is, and only asks for a right that its port takes", async () => {
  const plain = await printUnit();
  expect(plain.text).toContain('\nEnvironment="DATABASE_URL=file:/var/lib/foyer/foyer.db"\n');
  expect(plain.text).toContain('\nReadWritePaths="/var/lib/foyer"\n');
  expect(plain.text).toContain("\nAmbientCapabilities=\n");
  const other = await printUnit({ PORT: "443", DATABASE_URL: "file:/srv/a b%c/x.db" });
  expect(other.text).toContain('\nEnvironment="DATABASE_URL=file:/srv/a b%%c/x.db"\n');
  expect(other.text).toContain('\nReadWritePaths="/srv/a b%%c"\n');
  expect(other.text).toContain("\nAmbientCapabilities=CAP_NET_BIND_SERVICE\n");
});
