import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { PATHS } from "../../src/paths.ts";
import { openEventStream } from "../event_stream.ts";
import { ADA, GRACE, KATHERINE, sharedStandIn } from "../fixture.ts";
import { RemoteVisitor } from "../remote_visitor.ts";
import { type Scene, startScene } from "../trouble/scene.ts";
import { runInProcess } from "./run_in_process.ts";

// Processes start slowly on a machine that is busy.
setDefaultTimeout(30_000);

const ROOT = join(import.meta.dir, "../..");
const google = await sharedStandIn();

let folder = "";
let server: Scene;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "foyer-beside-"));
  const source = { command: [process.execPath, "src/main.ts"], cwd: ROOT };
  server = await startScene({ ...source, folder, google });
});
afterAll(async () => {
  await server.foyer.stop("SIGTERM");
  rmSync(folder, { recursive: true });
});

const run = (...args: string[]) => runInProcess(args, { DATABASE_URL: `file:${server.path}` });

const signIn = async (person: typeof ADA) => {
  const browser = new RemoteVisitor(server.foyer.origin);
  await browser.signIn(google, person);
  return browser;
};

/** Runs a command; its person's open page must be told, and a bystander's must not. */
async function runWatched(browser: RemoteVisitor, ...args: string[]): Promise<void> {
  const bystander = await openEventStream(server.foyer.origin, await server.member());
  const stream = await openEventStream(server.foyer.origin, browser);
  const told = stream.nextChange();
  await run(...args);
  await told;
  expect(bystander.changes()).toBe(0);
  for (const one of [stream, bystander]) one.abort();
}

const statusOf = async (browser: RemoteVisitor, path: string = PATHS.isAuthenticated) =>
  (await browser.fragment(path)).status;

describe("a running server and its open pages follow", () => {
  test("people disable, enable and delete", async () => {
    const ada = await signIn(ADA);
    await runWatched(ada, "people", "disable", ADA.email);
    expect(await statusOf(ada)).toBe(403);
    await runWatched(ada, "people", "enable", ADA.email);
    expect(await statusOf(ada)).toBe(401);
    const again = await signIn(ADA);
    expect(await statusOf(again)).toBe(200);
    await runWatched(again, "people", "delete", ADA.email, "--yes");
    expect(await statusOf(again)).toBe(401);
    expect(await run("people", "list", "--search", ADA.email)).toBe("");
  });

  test("admin add and remove", async () => {
    const grace = await signIn(GRACE);
    const admin = await signIn(KATHERINE);
    await run("admin", "add", KATHERINE.email);
    expect(await statusOf(grace, "/htmx/admin")).toBe(403);
    await runWatched(grace, "admin", "add", GRACE.email);
    expect(await statusOf(grace, "/htmx/admin")).toBe(200);
    await runWatched(grace, "admin", "remove", GRACE.email);
    expect(await statusOf(grace, "/htmx/admin")).toBe(403);
    expect(await statusOf(admin, "/htmx/admin")).toBe(200);
  });

  test("sessions end, of one person and of everybody", async () => {
    const grace = await signIn(GRACE);
    await runWatched(grace, "sessions", "end", GRACE.email);
    expect(await statusOf(grace)).toBe(401);
    const [again, other] = [await signIn(GRACE), await server.member()];
    const streams = await Promise.all(
      [again, other].map((browser) => openEventStream(server.foyer.origin, browser)),
    );
    await run("sessions", "end", "--all");
    await Promise.all(streams.map(({ ended }) => ended));
    for (const browser of [again, other]) expect(await statusOf(browser)).toBe(401);
  });
});
