import { Database } from "bun:sqlite";
import { describe, expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { openSqlite } from "../../../db/sqlite/open_sqlite.ts";
import { MACHINE } from "../../../src/machine.ts";
import { ADA, auditAt, createFoyer } from "../../fixture.ts";
import { signInWith } from "../sign_ins.ts";

const AT_ONCE = auditAt(1000);

describe("while another process holds the lock of the file", () => {
  test("a sign-in fails, and can be tried again", async () => {
    const folder = mkdtempSync(join(tmpdir(), "foyer-busy-"));
    const path = join(folder, "foyer.db");
    const store = openSqlite(path, MACHINE);
    const other = new Database(path);
    other.run("BEGIN IMMEDIATE");
    const locked = await store.signIn(signInWith(), AT_ONCE).catch((error: unknown) => error);
    expect(String(locked)).toContain("SQLITE_BUSY");
    other.run("ROLLBACK");
    expect((await store.signIn(signInWith(), AT_ONCE)).signedIn).toBe(true);
    other.close();
    store.close();
    rmSync(folder, { recursive: true });
  });

  test("members can read", async () => {
    const folder = mkdtempSync(join(tmpdir(), "foyer-busy-"));
    const path = join(folder, "foyer.db");
    const store = openSqlite(path, MACHINE);
    const foyer = await createFoyer({}, { store });
    const visitor = foyer.visitor();
    await visitor.signIn(ADA);
    const other = new Database(path);
    other.run("BEGIN IMMEDIATE");
    foyer.clock.pass(300_000);
    const response = await visitor.fragment("/htmx/content.secret1");
    expect(response.status).toBe(200);
    expect(response.headers.getSetCookie()).toEqual([]);
    expect(foyer.logLines.join("\n")).toContain("session_not_written");
    other.run("ROLLBACK");
    expect((await visitor.fragment("/htmx/content.secret1")).headers.getSetCookie()).toHaveLength(
      1,
    );
    other.close();
    store.close();
    rmSync(folder, { recursive: true });
  });
});
