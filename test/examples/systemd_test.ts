import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { Environment } from "../../src/config.ts";
import { runInProcess } from "../commands/run_in_process.ts";
import { CLIENT_ID, sharedStandIn } from "../fixture.ts";
import { freePort, startFoyerProcess } from "../foyer_process.ts";
import { STRACE, SYSTEMD_ANALYZE } from "../programs.ts";
import { RemoteVisitor } from "../remote_visitor.ts";

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
  ["for a PostgreSQL", { DATABASE_URL: "postgres://u:s3cr3t@db/foyer" }],
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

/** The system calls of a group, and of the groups in it. */
function callsOf(group: string): string[] {
  const lines = analyze("syscall-filter", group).said.split("\n").slice(1);
  const names = lines.map((line) => line.trim()).filter((line) => /^[@\w]/.test(line));
  return names.flatMap((name) => (name.startsWith("@") ? callsOf(name) : [name]));
}

/** What the unit lets through, by its two lines of filters. */
function allowedCalls(unit: string): Set<string> {
  const [, allowed = ""] = /^SystemCallFilter=(@[^\n]*)/m.exec(unit) ?? [];
  const [, denied = ""] = /^SystemCallFilter=~([^\n]*)/m.exec(unit) ?? [];
  const calls = (groups: string) => new Set(groups.split(" ").flatMap(callsOf));
  return calls(`@default ${allowed}`).difference(calls(denied));
}

/** Whether one process may watch another here. */
const isTraceable =
  SYSTEMD_ANALYZE.isInstalled &&
  STRACE.isInstalled &&
  Bun.spawnSync([STRACE.path, "-o", "/dev/null", "true"]).success;

test.skipIf(!isTraceable)(
  "the unit lets Foyer make the system calls that it makes",
  async () => {
    const google = await sharedStandIn();
    const trace = join(folder, "trace");
    const traced = [STRACE.path, "-f", "-qq", "-o", trace, process.execPath, "src/main.ts"];
    const foyer = await startFoyerProcess(traced, {
      cwd: join(import.meta.dir, "../.."),
      env: {
        PORT: String(freePort()),
        DATABASE_URL: `file:${folder}/foyer.db`,
        GOOGLE_OAUTH2_CLIENT_ID: CLIENT_ID,
        GOOGLE_ACCOUNTS_URL: google.origin,
        GOOGLE_JWKS_URL: `${google.origin}/oauth2/v3/certs`,
      },
    });
    expect(await new RemoteVisitor(foyer.origin).signIn(google)).toBe("Ada Lovelace");
    // The end of the traced process ends strace.
    const [child] = readFileSync(`/proc/${foyer.pid}/task/${foyer.pid}/children`, "utf8").split(
      " ",
    );
    process.kill(Number(child), "SIGTERM");
    await foyer.outputHas('"stopped"');
    await foyer.stop("SIGTERM");
    const lines = readFileSync(trace, "utf8");
    // A negative number is no call: strace has looked at a thread between two of them.
    const made = new Set(
      [...lines.matchAll(/^\d+ +(?!syscall_0xf{8})([a-z_0-9]+)\(/gm)].map(([, name = ""]) => name),
    );
    expect(made.size).toBeGreaterThan(30);
    const { text } = await printUnit();
    // SQLite gives its files to the database's owner, but only when root runs it.
    expect([...made.difference(allowedCalls(text))].filter((name) => name !== "fchown")).toEqual(
      [],
    );
    const families = /^RestrictAddressFamilies=(.*)$/m.exec(text)?.[1]?.split(" ") ?? [];
    const used = [...lines.matchAll(/ socket\((AF_\w+)/g)].map(([, family = ""]) => family);
    expect(used).toContain("AF_INET");
    expect(used.filter((family) => !families.includes(family))).toEqual([]);
  },
  60_000,
);
