import { afterAll, describe, expect, test } from "bun:test";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

import { freePort } from "./foyer_process.ts";

const ROOT = join(import.meta.dir, "..");
const COMMAND = [process.execPath, "src/stand_in.ts"];
const running: Bun.Subprocess<"ignore", "pipe", "inherit">[] = [];
afterAll(() => {
  for (const child of running) child.kill("SIGKILL");
});

/** Three neighbouring ports are needed: the first is free, the others are very likely to be. */
const freePorts = () => Math.min(freePort(), 65_533);

/** Starts the command, and waits until it has printed `text`. */
async function start(args: string[], text: string): Promise<string> {
  const child = Bun.spawn([...COMMAND, ...args], { cwd: ROOT, stdout: "pipe", stderr: "inherit" });
  running.push(child);
  let said = "";
  const decoder = new TextDecoder();
  for await (const chunk of child.stdout) {
    said += decoder.decode(chunk, { stream: true });
    if (said.includes(text)) return said;
  }
  throw new Error(`It ended without "${text}":\n${said}`);
}

function run(args: string[]) {
  const { exitCode, stdout, stderr } = Bun.spawnSync([...COMMAND, ...args], { cwd: ROOT });
  return { exitCode, stdout: stdout.toString(), stderr: stderr.toString() };
}

const LAST_LINE = /^ {4}origins +(.*)$/m;

describe("bun run stand-in", () => {
  test("prints addresses that answer", async () => {
    const port = freePorts();
    const said = await start(["--port", String(port)], "    origins ");
    const addresses = [...said.matchAll(/http:\/\/127\.0\.0\.1:\d+\/[\w./-]+/g)].map(
      ([url]) => url,
    );
    expect(addresses).toHaveLength(6);
    for (const address of addresses) {
      const { status } = await fetch(address);
      expect([address, status]).toEqual([address, address.endsWith("/auth") ? 403 : 200]);
    }
    expect(said).toMatch(/^ {4}client ID {2}any$/m);
    expect(LAST_LINE.exec(said)?.[1]).toBe("any of this machine");
    expect(said).not.toContain("HTTPS_PROXY");
  });

  test("registers the given clients and origins only", async () => {
    const port = freePorts();
    const args = ["--client-id", "one", "--client-id", "two", "--origin", "http://localhost:9/"];
    const said = await start(["--port", String(port), ...args], "    origins ");
    expect(said).toMatch(/^ {4}client ID {2}one, two$/m);
    expect(LAST_LINE.exec(said)?.[1]).toBe("http://localhost:9");
    const ask = async (client_id: string, origin: string) => {
      const query = new URLSearchParams({ client_id, origin, channel: "c" });
      return (await fetch(`http://127.0.0.1:${port}/gsi/select?${query}`)).status;
    };
    expect(await ask("two", "http://localhost:9")).toBe(200);
    expect(await ask("three", "http://localhost:9")).toBe(403);
    expect(await ask("two", "http://localhost:8")).toBe(403);
  });

  test("is Google's hosts for a process that is told so", async () => {
    const said = await start(["--port", String(freePorts()), "--google-hosts"], "bun server.ts");
    const [, HTTPS_PROXY = "", NODE_EXTRA_CA_CERTS = ""] =
      /HTTPS_PROXY=(\S+) NODE_EXTRA_CA_CERTS=(\S+) /.exec(said) ?? [];
    expect(existsSync(NODE_EXTRA_CA_CERTS)).toBe(true);
    const script = `
      const provider = "https://accounts.google.com/.well-known/openid-configuration";
      const { issuer, jwks_uri } = await (await fetch(provider)).json();
      console.log(issuer, (await fetch("https://www.googleapis.com/oauth2/v3/certs")).status, jwks_uri);`;
    const { stdout } = Bun.spawnSync([process.execPath, "-e", script], {
      env: { HTTPS_PROXY, NODE_EXTRA_CA_CERTS },
    });
    expect(stdout.toString().trim()).toBe(
      "https://accounts.google.com 200 https://accounts.google.com/oauth2/v3/certs",
    );
    // It leaves nothing behind.
    running.at(-1)?.kill("SIGTERM");
    expect(await running.at(-1)?.exited).toBe(0);
    expect(existsSync(dirname(NODE_EXTRA_CA_CERTS))).toBe(false);
  });

  test.each([
    [["--port", "0"], "--port must be a whole number from 1 to 65533"],
    [["--port", "65534"], "--port must be"],
    [["--port", "3001x"], "--port must be"],
    [["--port"], "Option '--port <value>' argument missing"],
    [["--origin", "http://app.example.com"], "--origin must use https"],
    [["--origin", "https://app.example.com/path"], "--origin must have no path"],
    [["--origin", "javascript:alert(1)"], "--origin must be an origin"],
    [["--unknown"], "Unknown option '--unknown'"],
    [["more"], "Usage: bun run stand-in"],
  ])("refuses %j", (args, mistake) => {
    const { exitCode, stdout, stderr } = run(args);
    expect(exitCode).toBe(2);
    expect(stdout).toBe("");
    expect(stderr).toContain(mistake);
    expect(stderr).toContain("--google-hosts");
  });

  test("explains itself", () => {
    const { exitCode, stdout, stderr } = run(["--help"]);
    expect([exitCode, stderr]).toEqual([0, ""]);
    expect(stdout).toStartWith("Usage: bun run stand-in");
  });

  test("says that its port is taken", () => {
    const other = Bun.serve({ port: 0, hostname: "127.0.0.1", fetch: () => new Response() });
    const { exitCode, stderr } = run(["--port", String(other.port)]);
    void other.stop(true);
    expect(exitCode).toBe(1);
    expect(stderr).toContain("the port is taken; set --port to another");
  });
});
