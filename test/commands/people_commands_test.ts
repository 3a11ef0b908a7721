import { Database } from "bun:sqlite";
import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { openSqlite } from "../../db/sqlite.ts";
import { MACHINE } from "../../src/machine.ts";
import { ADA, createFoyer, GRACE } from "../fixture.ts";
import { runInProcess } from "./run_in_process.ts";

let folder = "";
let env: Record<string, string> = {};

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "foyer-commands-"));
  const path = join(folder, "foyer.db");
  env = { DATABASE_URL: `file:${path}` };
  const store = openSqlite(path, MACHINE);
  const foyer = await createFoyer({}, { store });
  await foyer.visitor().signIn(ADA);
  await foyer.visitor().signIn(GRACE);
  await foyer.visitor().signIn({ ...GRACE, sub: "another" });
  store.close();
});

afterEach(() => rmSync(folder, { recursive: true }));

/** Runs a command; returns its output, or the name and message of its error. */
const run = (...args: string[]) => runInProcess(args, env).catch(String);

describe("foyer admin add", () => {
  test("adds an admin once, by an address in any case", async () => {
    const address = ADA.email.toUpperCase();
    expect(await run("admin", "add", address)).toBe(
      `${ADA.name} <${ADA.email}> is now an administrator.`,
    );
    expect(await run("admin", "add", address)).toContain("is already an administrator");
    const store = openSqlite(join(folder, "foyer.db"), MACHINE);
    const [event, ...more] = await store.listEvents({ kind: "administrator_made", limit: 10 });
    expect(more).toEqual([]);
    expect(event).toMatchObject({ actorId: null, details: { email: ADA.email } });
    store.close();
  });

  test("refuses an unknown address, and one of several people", async () => {
    expect(await run("admin", "add", "x@y.example")).toContain("has signed in yet");
    expect(await run("admin", "add", "%@gmail.com")).toContain("has signed in yet");
    expect(await run("admin", "add", GRACE.email)).toContain("Several people");
  });

  const CALLS = [["add"], ["add", "x", "y"], ["add", ""], ["add", "x", "--json"]];
  for (const args of CALLS) {
    test(`shows the usage for: ${JSON.stringify(args)}`, async () => {
      expect(await run("admin", ...args)).toContain("Usage: foyer admin add ADDRESS");
    });
  }
});

describe("foyer audit verify", () => {
  test("says what an empty audit log can mean", async () => {
    env.DATABASE_URL = `file:${join(folder, "new.db")}`;
    expect(await run("audit", "verify")).toBe(
      "The audit log is empty. Either nothing has happened yet, or its tables were emptied.",
    );
  });

  test("says that the audit log is intact, and detects damage", async () => {
    const intact = await run("audit", "verify");
    expect(intact).toStartWith("The audit log is intact: 3 events, 0 of them with erased details.");
    expect(intact).toMatch(/^The first event that is left is from 20\d\d-\d\d-\d\dT/m);
    expect(intact).toMatch(/^The hash of the last event is [\w-]{43}\. Store it elsewhere/m);
    const database = new Database(join(folder, "foyer.db"));
    database.run("UPDATE audit_events SET kind = 'enabled' WHERE seq = 2");
    database.close();
    expect(await run("audit", "verify")).toBe(
      "CommandError: The audit log is damaged. Event 2 was changed.",
    );
    env.AUDIT_RETENTION_DAYS = "0";
    expect(await run("audit", "verify")).toContain("AUDIT_RETENTION_DAYS");
    env.AUDIT_RETENTION_DAYS = "400";
    expect(await run("audit", "verify", "now")).toContain("Usage: foyer audit verify");
  });
});
