import { afterAll, describe, expect, test } from "bun:test";
import { join } from "node:path";

import { EVENT_KINDS } from "../../src/auth/account_event.ts";
import { createGoogleKeys } from "../../src/auth/google_keys.ts";
import { type SecurityEvent, verifySecurityEvent } from "../../src/auth/security_event.ts";
import { JOSE } from "../../src/auth/signed_token.ts";
import { sharedStandIn } from "../fixture.ts";
import { createKeyFolder } from "./google_risc_keys.ts";
import { runInProcess } from "./run_in_process.ts";

const ROOT = join(import.meta.dir, "../..");
const google = await sharedStandIn();
const API = `${google.origin}/v1beta`;
const folder = createKeyFolder();
afterAll(() => folder.remove());

/** Runs `foyer risc` in this process; returns its output. */
const risc = (args: string[], env: Record<string, string> = {}) =>
  runInProcess(["risc", ...args], { GOOGLE_RISC_URL: API, ...env });

/** The name and message of the error that `foyer risc` throws. */
function failureOf(args: string[], env: Record<string, string> = {}): Promise<string> {
  return risc(args, env).then(
    (text) => Promise.reject(new Error(`It succeeded: ${text}`)),
    (error: Error) => `${error.name}: ${error.message}`,
  );
}

/** Runs `foyer` in its own process. */
async function foyer(args: string[], env: Record<string, string> = {}) {
  const command = [process.execPath, "src/main.ts", ...args];
  const child = Bun.spawn(command, { cwd: ROOT, env, stdout: "pipe", stderr: "pipe" });
  const [stdout, stderr] = await Promise.all([
    new Response(child.stdout).text(),
    new Response(child.stderr).text(),
  ]);
  return { exitCode: await child.exited, stdout, stderr };
}

describe("foyer risc", () => {
  test("sends Google nothing where every certificate is believed", async () => {
    const weak = { GOOGLE_RISC_URL: "", NODE_TLS_REJECT_UNAUTHORIZED: "0" };
    const { path } = await folder.createKey();
    for (const name of ["register", "status", "verify"]) {
      const env = { ...weak, ORIGIN: "https://app.example.com" };
      const failure = await failureOf([name, "--key-file", path], env);
      expect(failure).toStartWith("ConfigError: ");
      expect(failure).toContain("NODE_TLS_REJECT_UNAUTHORIZED=0");
    }
  });

  test("registers, shows and tests the stream", async () => {
    const own = await folder.createKey();
    const received: Promise<SecurityEvent>[] = [];
    const url = `${google.origin}/oauth2/v3/certs`;
    const keys = createGoogleKeys({ url, now: Date.now, log: () => {} });
    const receiver = Bun.serve({
      port: 0,
      hostname: "127.0.0.1",
      fetch: async (request) => {
        expect(new URL(request.url).pathname).toBe("/auth/risc");
        expect(request.headers.get("content-type")).toBe("application/secevent+jwt");
        const options = { keys, signatures: JOSE, clientId: own.clientId, now: Date.now };
        received.push(verifySecurityEvent(await request.text(), options));
        return new Response(null, { status: 202 });
      },
    });
    const { origin } = receiver.url;
    const printed = await risc(["register", "--key-file", own.path], { ORIGIN: origin });
    expect(printed).toContain(`${origin}/auth/risc`);
    const status = await risc(["status", "--key-file", own.path]);
    expect(status).toContain(`${origin}/auth/risc (enabled)`);
    for (const kind of EVENT_KINDS.values()) expect(status).toContain(`\n  ${kind}`);
    expect(status).not.toContain("not requested");
    const tried = await risc(["verify", `--key-file=${own.path}`]);
    const [, state] = /state ([\w-]{43})\./.exec(tried) ?? [];
    const events = (await Promise.all(received)).map((event) => event.events);
    expect(events).toEqual([[{ kind: "verification", state: state as string }]]);
    await receiver.stop(true);
  });

  test("registers the public origin in its own process, and prints no secret", async () => {
    const own = await folder.createKey();
    const env = { GOOGLE_RISC_URL: `${API}/`, ORIGIN: "https://app.example.com" };
    const done = await foyer(["risc", "register", "--key-file", own.path], env);
    expect(done).toMatchObject({ exitCode: 0, stderr: "" });
    expect(done.stdout).toContain("https://app.example.com/auth/risc");
    expect(done.stdout).not.toContain(own.content.private_key_id);
    const shown = await risc(["status", "--key-file", own.path]);
    expect(shown).toContain("https://app.example.com/auth/risc (enabled)");
  });

  const WRONG_CALLS = [
    [],
    ["register"],
    ["register", "--key-file"],
    ["register", "--key-file="],
    ["register", "now", "--key-file", "x"],
    ["toString", "--key-file", "x"],
    ["status", "--key-file", "x", "--verbose"],
  ];
  for (const args of WRONG_CALLS) {
    test(`shows the usage for: ${args.join(" ")}`, async () => {
      const said = await failureOf(args);
      expect(said).toStartWith("UsageError: ");
      expect(said).toContain("Usage: foyer risc ");
    });
  }

  test("exits with 2 for wrong arguments and with 1 for a failure, each with a plain message", async () => {
    const [wrong, help, missing, unknown, seed] = await Promise.all([
      foyer(["risc", "stop"]),
      foyer(["risc", "--help"]),
      foyer(["risc", "status", "--key-file", "nowhere.json"]),
      foyer(["rise"]),
      foyer(["seed", "twice"]),
    ]);
    expect(wrong).toMatchObject({ exitCode: 2, stdout: "" });
    expect(wrong.stderr).toStartWith("There is no foyer risc stop\n\nUsage: foyer risc COMMAND");
    expect(help).toMatchObject({ exitCode: 0, stderr: "" });
    expect(help.stdout).toStartWith("Usage: foyer risc");
    expect(missing).toEqual({
      exitCode: 1,
      stdout: "",
      stderr: "The key file nowhere.json does not exist\n",
    });
    expect(unknown.exitCode).toBe(2);
    expect(unknown.stderr).toContain("  risc ");
    expect(seed).toMatchObject({ exitCode: 2, stdout: "" });
    expect(seed.stderr).toStartWith("Usage: foyer seed\n");
  });

  const WRONG_SETTINGS: [what: string, env: Record<string, string>, said: string][] = [
    ["no ORIGIN", {}, "- ORIGIN must be an origin"],
    ["an ORIGIN over http", { ORIGIN: "http://app.example.com" }, "- ORIGIN must use https"],
    [
      "an ORIGIN with a path",
      { ORIGIN: "https://app.example.com/x" },
      "- ORIGIN must have no path",
    ],
    [
      "an ORIGIN on this machine",
      { ORIGIN: "http://localhost:3000", GOOGLE_RISC_URL: "" },
      "- ORIGIN must be the public https origin",
    ],
    [
      "https on this machine",
      { ORIGIN: "https://localhost", GOOGLE_RISC_URL: "" },
      "- ORIGIN must be the public https origin",
    ],
    [
      "an API elsewhere",
      { GOOGLE_RISC_URL: "https://risc.example.com/v1beta" },
      "- GOOGLE_RISC_URL is only for a local stand-in",
    ],
    ["an invalid API URL", { GOOGLE_RISC_URL: "file:///v1beta" }, "- GOOGLE_RISC_URL must be"],
  ];
  for (const [what, env, said] of WRONG_SETTINGS) {
    test(`names ${what} before it reads the key or sends a request`, async () => {
      const message = await failureOf(["register", "--key-file", "nowhere.json"], env);
      expect(message).toStartWith("ConfigError: ");
      expect(message).toContain(said);
    });
  }
});
