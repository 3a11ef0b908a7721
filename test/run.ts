import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";

import { ENGINES } from "./browser/engines.ts";
import { TEXT_BROWSERS } from "./browser/text_browsers.ts";
import { hasPostgres, PROGRAMS } from "./programs.ts";

// `bun run test`: everything, the fast parts first; `--fast` leaves out the browsers. Ends with one line that counts.

interface Count {
  passed: number;
  failed: number;
  skipped: number;
}

/** A test file, and how long it took. */
interface FileTime {
  file: string;
  seconds: number;
}

const BUN = process.execPath;
const SLOWEST = 10;
const PROCESSORS = availableParallelism();
/** Outside our script of that name, `bun check` would run the script in the place of Bun's own command. */
const PLAIN_BUN = { ...process.env, npm_lifecycle_event: "check" };
/** What runs once more over PostgreSQL. All that can is `bun run test:postgres`. */
const OVER_POSTGRES = [
  ...["authority", "login", "revoked_token", "risc", "session"],
  ...["session_end", "sign_up", "signed_in_as"],
].map((name) => `./test/routes/${name}_test.ts`);
const total: Count = { passed: 0, failed: 0, skipped: 0 };
const times: FileTime[] = [];
const reports = mkdtempSync(join(tmpdir(), "foyer-reports-"));

function heading(name: string): void {
  console.info(`\n── ${name} ${"─".repeat(Math.max(0, 60 - name.length))}`);
}

/** Runs commands at once that either pass or fail, and shows what each has said. */
async function checks(commands: Record<string, string[]>): Promise<void> {
  const running = Object.entries(commands).map(([name, command]) => {
    const pipes = { stdout: "pipe", stderr: "pipe" } as const;
    const { stdout, stderr, exited } = Bun.spawn(command, { ...pipes, env: PLAIN_BUN });
    return {
      name,
      said: Promise.all([stdout, stderr].map((stream) => new Response(stream).text())),
      exited,
    };
  });
  for (const { name, said, exited } of running) {
    heading(name);
    process.stdout.write((await said).join(""));
    if ((await exited) === 0) total.passed += 1;
    else total.failed += 1;
  }
}

/** Runs test files, some at once, and counts them by the report that they leave. */
function tests(name: string, args: string[], env: Record<string, string> = {}): void {
  heading(name);
  const report = join(reports, `${name.replaceAll(" ", "_")}.xml`);
  // In random order; the run prints its seed.
  const order = [`--parallel=${PROCESSORS}`, "--randomize"];
  const output = ["--only-failures", "--reporter=junit", `--reporter-outfile=${report}`];
  const { success } = Bun.spawnSync([BUN, "test", ...order, ...output, ...args], {
    env: { ...process.env, ...env },
    stdout: "inherit",
    stderr: "inherit",
  });
  const { count, fileTimes } = readReport(report);
  total.passed += count.passed;
  total.skipped += count.skipped;
  // A run that fails without a failed test (a file that does not load) is a failure all the same.
  total.failed += success ? count.failed : Math.max(1, count.failed);
  times.push(...fileTimes);
  console.info(`${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped`);
}

function readReport(path: string): { count: Count; fileTimes: FileTime[] } {
  try {
    const report = readFileSync(path, "utf8");
    const [, attributes = ""] = /<testsuites([^>]*)>/.exec(report) ?? [];
    const read = (name: string) =>
      Number(new RegExp(`\\b${name}="(\\d+)"`).exec(attributes)?.[1] ?? 0);
    const failed = read("failures") + read("errors");
    const count = {
      passed: read("tests") - failed - read("skipped"),
      failed,
      skipped: read("skipped"),
    };
    // A suite that is named as its file is the whole file.
    const files = report.matchAll(/<testsuite name="([^"]+)" file="\1"[^>]*? time="([\d.]+)"/g);
    const fileTimes = [...files].map(([, file = "", time]) => ({ file, seconds: Number(time) }));
    return { count, fileTimes };
  } catch {
    return { count: { passed: 0, failed: 1, skipped: 0 }, fileTimes: [] };
  }
}

/** A program of other people, and whether it is here. */
interface Needed {
  name: string;
  isInstalled: boolean;
  packages: readonly string[];
}

/** Says loudly which programs are missing. */
function noteMissing(programs: readonly Needed[]): void {
  for (const { name, isInstalled, packages } of programs) {
    if (isInstalled) continue;
    heading(name);
    console.error(`
  !! SKIPPED: no ${name} on this machine, so nothing was tried with it.
  !! Install it (Debian: apt-get install ${packages.join(" ")}).
`);
    if (process.env.CI === "true") total.failed += 1;
    else total.skipped += 1;
  }
}

function listSlowestFiles(): void {
  heading("slowest files");
  const slowest = times.toSorted((one, other) => other.seconds - one.seconds).slice(0, SLOWEST);
  for (const { file, seconds } of slowest) {
    console.info(`${seconds.toFixed(1).padStart(6)} s  ${file}`);
  }
}

await checks({
  format: [BUN, "fmt", "--check"],
  types: [BUN, "check"],
  "xss-scan": ["node_modules/.bin/xss-scan"],
});
tests("tests", ["--timeout=30000", "--path-ignore-patterns=test/browser/**"]);
if (hasPostgres) {
  const args = ["--timeout=30000", ...OVER_POSTGRES];
  tests("over PostgreSQL", args, { TEST_ENGINE: "postgres" });
}
noteMissing(PROGRAMS);
if (!process.argv.includes("--fast")) {
  tests("browser journeys", ["--timeout=60000", "./test/browser/"]);
  noteMissing([...ENGINES, ...TEXT_BROWSERS]);
}
listSlowestFiles();

rmSync(reports, { recursive: true });
const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : "";
console.info(`\n${total.passed} passed, ${total.failed} failed${skipped}`);
process.exit(total.failed > 0 ? 1 : 0);
