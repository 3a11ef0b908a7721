import { afterAll, expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { CLIENT_ID, sharedStandIn } from "../fixture.ts";
import { freePort, startFoyerProcess } from "../foyer_process.ts";
import { openPipe } from "../pipe.ts";
import { RemoteVisitor } from "../remote_visitor.ts";

const COMMAND = [process.execPath, "src/main.ts"];
/** The settings of JSX stand there. */
const cwd = join(import.meta.dir, "../..");
const folder = mkdtempSync(join(tmpdir(), "foyer-log-"));
afterAll(() => rmSync(folder, { recursive: true }));

async function environment(env: Record<string, string> = {}): Promise<Record<string, string>> {
  const google = await sharedStandIn();
  return {
    PORT: String(freePort()),
    DATABASE_URL: ":memory:",
    GOOGLE_OAUTH2_CLIENT_ID: CLIENT_ID,
    GOOGLE_ACCOUNTS_URL: google.origin,
    GOOGLE_JWKS_URL: `${google.origin}/oauth2/v3/certs`,
    ...env,
  };
}

/** Starts a server, lets Ada sign in and be refused something, and returns what it has logged when it has stopped. */
async function logOf(env: Record<string, string>) {
  const foyer = await startFoyerProcess(COMMAND, { cwd, env: await environment(env) });
  const visitor = new RemoteVisitor(foyer.origin);
  await visitor.signIn(await sharedStandIn());
  const refused = await visitor.get("/spa/nothing?code=a-secret");
  const unreadable = await visitor.sendRaw(
    "GET // HTTP/1.1\r\nHost: \r\nConnection: close\r\n\r\n",
  );
  expect((await foyer.stop("SIGTERM")).exitCode).toBe(0);
  const lines = foyer.output().trimEnd().split("\n");
  return { lines: lines.map((line) => JSON.parse(line)), refused, unreadable };
}

test("LOG_LEVEL=debug has a line for each answer, with its id, and no query", async () => {
  const { lines, refused, unreadable } = await logOf({ LOG_LEVEL: "debug" });
  const answered = lines.filter(({ event }) => event === "answered");
  const request = refused.headers.get("x-request-id");
  const about = lines.filter((line) => line.request === request);
  expect(about).toEqual([
    expect.objectContaining({ event: "refused", level: "info", code: "not_found" }),
    expect.objectContaining({
      event: "answered",
      level: "debug",
      method: "GET",
      route: "/spa/:name",
      status: 404,
      ms: expect.any(Number),
    }),
  ]);
  expect(new Set(answered.map((line) => line.request)).size).toBe(answered.length);
  expect(unreadable).toMatch(/^HTTP\/1\.1 400 [^]*x-request-id: [0-9a-f-]{36}\r\n/i);
  expect(JSON.stringify(lines)).not.toContain("a-secret");
  expect(lines.at(-1)).toMatchObject({ event: "stopped" });
});

test("LOG_LEVEL and LOG_ADDRESSES leave out what they say", async () => {
  const { lines } = await logOf({ LOG_ADDRESSES: "none" });
  const events = lines.map(({ event }) => event);
  expect(events).toContain("signed_in");
  expect(events).not.toContain("answered");
  expect(lines.filter((line) => "address" in line || "peer" in line)).toEqual([]);
  const short = await logOf({ LOG_ADDRESSES: "short" });
  const signedIn = short.lines.find(({ event }) => event === "signed_in");
  expect(signedIn).toMatchObject({ address: "this machine" });
});

test("a server whose log nobody reads any more serves on, and stops as it should", async () => {
  const env = await environment();
  const child = Bun.spawn(COMMAND, { cwd, env, stdout: "pipe", stderr: "inherit" });
  const reader = child.stdout.getReader();
  await reader.read();
  await reader.cancel();
  const visitor = new RemoteVisitor(`http://localhost:${env.PORT}`);
  for (let count = 0; count < 3; count += 1) {
    expect((await visitor.get("/nothing")).status).toBe(404);
  }
  child.kill("SIGTERM");
  expect(await child.exited).toBe(0);
});

test("a server whose log is read slowly serves on, and loses no line", async () => {
  const env = await environment({ LOG_LEVEL: "debug" });
  const pipe = openPipe(folder);
  const child = Bun.spawn(COMMAND, { cwd, env, stdio: ["ignore", pipe.writer, "inherit"] });
  pipe.closeWriter();
  let text = "";
  const readUntil = async (isEnough: () => boolean) => {
    for (; !isEnough(); await Bun.sleep(5)) text += pipe.read();
  };
  await readUntil(() => text.includes('"started"'));
  const visitor = new RemoteVisitor(`http://localhost:${env.PORT}`);
  // A pipe holds 64 KiB: less than half of these lines.
  for (let count = 0; count < 1000; count += 1) await visitor.get("/healthz");
  child.kill("SIGTERM");
  await readUntil(() => text.includes('"stopped"'));
  expect(await child.exited).toBe(0);
  const lines = text.trimEnd().split("\n");
  const routes = lines.map((line) => JSON.parse(line).route);
  expect(routes.filter((route) => route === "/healthz")).toHaveLength(1000);
});
