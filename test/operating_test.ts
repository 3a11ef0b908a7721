import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { copyFileSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";

import { buildBinary } from "./build_binary.ts";
import { freePort } from "./foyer_process.ts";
import { startGoogleBehindProxy } from "./google_behind_proxy.ts";
import { Machine } from "./operating_machine.ts";
import { CADDY, CURL } from "./programs.ts";

const DOCUMENT = readFileSync(join(import.meta.dir, "../.github/OPERATING.md"), "utf8");

/** The shell blocks, in order. */
const BLOCKS = [...DOCUMENT.matchAll(/^( *)```sh\n(.*?)^ *```$/gms)].map(
  ([, indent = "", text = ""]) => text.replaceAll(new RegExp(`^${indent}`, "gm"), ""),
);

describe("the shell blocks of OPERATING.md", () => {
  const machine = new Machine();
  let google: Awaited<ReturnType<typeof startGoogleBehindProxy>>;

  beforeAll(async () => {
    google = await startGoogleBehindProxy(machine.root);
    buildBinary(machine.root);
    copyFileSync(join(machine.root, "foyer"), machine.home("foyer"));
  }, 60_000);

  afterAll(async () => {
    await machine.run('kill "$(cat "$ROOT/pid")" || true');
    await google.stop();
    rmSync(machine.root, { recursive: true });
  });

  /** The blocks as this machine can run them: a port that is free, and Google behind a proxy. */
  function adapt(block: string): string {
    const { HTTPS_PROXY, NODE_EXTRA_CA_CERTS } = google.env;
    const settings = { PORT: freePort(), HTTPS_PROXY, NODE_EXTRA_CA_CERTS };
    const lines = Object.entries(settings).map(([name, value]) => `${name}=${value}\n`);
    return (
      block
        .replace(/^ADMIN_EMAILS=.*\n/m, (line) => line + lines.join(""))
        .replaceAll("-o foyer -g foyer ", "")
        // Nobody reaches app.example.com from here.
        .replace("foyer doctor", "foyer doctor || test $? = 1")
        .replaceAll(/^(?:caddy|curl) .*$/gm, (line) =>
          [CADDY, CURL].some(({ name, isInstalled }) => isInstalled && line.startsWith(name))
            ? line
            : `echo 'NOT RUN: ${line.replaceAll("'", "")}'`,
        )
    );
  }

  test("do what they say, from the bare machine to the drill", async () => {
    expect(BLOCKS.length).toBeGreaterThan(8);
    const marked = BLOCKS.map((block, index) => `echo "── block ${index + 1}"\n${adapt(block)}`);
    const { exitCode, stdout, stderr } = await machine.run(marked.join("\n"));
    const log = await machine.run('cat "$ROOT/foyer.log"');
    if (exitCode !== 0) console.error(`${stdout}\n${stderr}\n${log.stdout}`);
    expect(exitCode).toBe(0);
    expect(stdout).toContain(`── block ${BLOCKS.length}`);
    expect(stdout.match(/^ready$/gm)?.length).toBeGreaterThanOrEqual(3);
    expect(stdout.match(/ is good: /g)).toHaveLength(2);
    expect(stdout).toContain("The audit log is intact");
    if (CADDY.isInstalled) expect(stdout + stderr).toContain("Valid configuration");
    // An application that Foyer knows, and one that it does not.
    if (CURL.isInstalled) expect(stdout).toContain("\n401\n403\n");
    expect(log.stdout.match(/"event":"started"/g)).toHaveLength(3);
    const left = await machine.run("ls /var/lib/foyer /var/backups/foyer");
    expect(left.stdout).toContain("foyer.db\n");
    expect(left.stdout).not.toContain("drill");
    for (const line of stdout.match(/^NOT RUN: .*$/gm) ?? []) console.info(line);
  }, 60_000);
});
