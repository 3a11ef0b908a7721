import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { ENGINES } from "./browser/engines.ts";

// `bun run test`: everything, the fast parts first. Ends with one line that counts.

interface Count {
  passed: number;
  failed: number;
  skipped: number;
}

const BUN = process.execPath;
const total: Count = { passed: 0, failed: 0, skipped: 0 };
const reports = mkdtempSync(join(tmpdir(), "foyer-reports-"));

function heading(name: string): void {
  console.info(`\n── ${name} ${"─".repeat(Math.max(0, 60 - name.length))}`);
}

/** Runs a command that either passes or fails. */
function step(name: string, command: string[]): void {
  heading(name);
  const { success } = Bun.spawnSync(command, { stdout: "inherit", stderr: "inherit" });
  if (success) total.passed += 1;
  else total.failed += 1;
}

/** Runs tests, and counts them by the report that they leave. */
function tests(name: string, args: string[]): void {
  heading(name);
  const report = join(reports, `${name.replaceAll(" ", "_")}.xml`);
  const { success } = Bun.spawnSync(
    [BUN, "test", "--only-failures", "--reporter=junit", `--reporter-outfile=${report}`, ...args],
    { stdout: "inherit", stderr: "inherit" },
  );
  const count = readReport(report);
  total.passed += count.passed;
  total.skipped += count.skipped;
  // A run that fails without a failed test (a file that does not load) is a failure all the same.
  total.failed += success ? count.failed : Math.max(1, count.failed);
  console.info(`${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped`);
}

function readReport(path: string): Count {
  try {
    const [, attributes = ""] = /<testsuites([^>]*)>/.exec(readFileSync(path, "utf8")) ?? [];
    const read = (name: string) =>
      Number(new RegExp(`\\b${name}="(\\d+)"`).exec(attributes)?.[1] ?? 0);
    const failed = read("failures") + read("errors");
    return { passed: read("tests") - failed - read("skipped"), failed, skipped: read("skipped") };
  } catch {
    return { passed: 0, failed: 1, skipped: 0 };
  }
}

step("format", [BUN, "fmt", "--check"]);
step("types", [BUN, "check"]);
step("xss-scan", ["node_modules/.bin/xss-scan"]);
tests("tests", ["--parallel", "--randomize", "--path-ignore-patterns=test/browser/**"]);

tests("browser journeys", ["--timeout=60000", "./test/browser/"]);

for (const { name, isInstalled, packages } of ENGINES) {
  if (isInstalled) continue;
  heading(name);
  console.error(`
  !! SKIPPED: no ${name} on this machine, so nothing was tried in it.
  !! Install it (Debian: apt-get install ${packages.join(" ")}).
`);
  if (process.env.CI === "true") total.failed += 1;
  else total.skipped += 1;
}

rmSync(reports, { recursive: true });
const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : "";
console.info(`\n${total.passed} passed, ${total.failed} failed${skipped}`);
process.exit(total.failed > 0 ? 1 : 0);
