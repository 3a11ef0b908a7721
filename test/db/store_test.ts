import { Database } from "bun:sqlite";
import { describe, expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { DatabaseError, type SignIn } from "../../db/contract/store.ts";
import { openSqlite } from "../../db/sqlite/open_sqlite.ts";
import { MACHINE } from "../../src/machine.ts";
import { PATHS } from "../../src/paths.ts";
import { ADA, auditAt, createFoyer } from "../fixture.ts";
import { codeOf } from "../visitor.ts";

const AT_ONCE = auditAt(1000);

function signIn(values: Partial<SignIn> = {}): SignIn {
  return {
    identity: { sub: "1", email: "a@b.example", name: "A", picture: null, hostedDomain: null },
    method: "btn",
    tokenHash: "token",
    accessHash: null,
    bindingSecret: null,
    authenticatedAt: null,
    amr: null,
    previousTokenHash: null,
    nonceHash: "nonce",
    tokenIssuedAt: 1000,
    nonceKeptUntil: 5000,
    expiresAt: 9000,
    idleEndsAt: 4000,
    invitation: "not_needed",
    ...values,
  };
}

describe("the store", () => {
  test("deletes expired rows, and nothing else", async () => {
    const store = openSqlite(":memory:", MACHINE);
    await store.signIn(signIn(), AT_ONCE);
    await store.signIn(
      signIn({ tokenHash: "other", nonceHash: "other", idleEndsAt: 4001, nonceKeptUntil: 3000 }),
      AT_ONCE,
    );
    await store.deleteExpired(4000);
    expect(await store.findSession("token")).toBeNull();
    expect(await store.findSession("other")).not.toBeNull();
    expect((await store.signIn(signIn({ tokenHash: "third" }), AT_ONCE)).signedIn).toBe(false);
    expect(
      (await store.signIn(signIn({ tokenHash: "third", nonceHash: "other" }), AT_ONCE)).signedIn,
    ).toBe(true);
    store.close();
  });

  test("changes nothing when a sign-in is refused", async () => {
    const store = openSqlite(":memory:", MACHINE);
    await store.signIn(signIn(), AT_ONCE);
    const refused = await store.signIn(
      signIn({
        tokenHash: "second",
        accessHash: null,
        bindingSecret: null,
        authenticatedAt: null,
        amr: null,
        previousTokenHash: "token",
        identity: { ...signIn().identity, name: "B" },
      }),
      AT_ONCE,
    );
    expect(refused).toEqual({ signedIn: false, code: "nonce_reused" });
    expect((await store.findSession("token"))?.user.name).toBe("A");
    expect(await store.findSession("second")).toBeNull();
    store.close();
  });

  test("keeps every superseded token as long as the session lives", async () => {
    const store = openSqlite(":memory:", MACHINE);
    await store.signIn(signIn({ tokenHash: "token-0" }), AT_ONCE);
    const { id: sessionId = "" } = (await store.findSession("token-0")) ?? {};
    for (let generation = 0; generation < 400; generation++) {
      const hash = `token-${generation + 1}`;
      const now = generation * 1000;
      await store.offerToken({ sessionId, generation, hash, now, graceMs: 0 });
      await store.acceptToken({ sessionId, generation: generation + 1, hash, now });
    }
    expect(await store.findSession("token-400")).not.toBeNull();
    expect((await store.findSession("token-112"))?.token.supersededAt).toBe(112_000);
    expect((await store.findSession("token-0"))?.token.supersededAt).toBe(0);
    const userId = (await store.findSession("token-0"))?.user.id ?? "";
    await store.endSession({ sessionId, userId, why: "suspicion" }, AT_ONCE);
    expect(await store.findSession("token-0")).toBeNull();
    store.close();
  });

  test("does not reveal values in errors", async () => {
    const store = openSqlite(":memory:", MACHINE);
    store.close();
    const failure = await store.findSession("a-secret-hash").catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(DatabaseError);
    expect(String(failure)).not.toContain("a-secret-hash");
  });
});

describe("when the database does not answer", () => {
  test("requests that need it get 503, and the others succeed", async () => {
    const folder = mkdtempSync(join(tmpdir(), "foyer-busy-"));
    const path = join(folder, "foyer.db");
    const store = openSqlite(path, MACHINE);
    const foyer = await createFoyer({}, { store });
    const visitor = foyer.visitor();
    await visitor.nonce();
    store.close();
    expect((await visitor.send(PATHS.page)).status).toBe(200);
    expect((await visitor.send(PATHS.health)).status).toBe(503);
    visitor.cookies.set("session_id", "A".repeat(43));
    const response = await visitor.send(PATHS.isAuthenticated);
    expect(response.status).toBe(503);
    expect(response.headers.get("retry-after")).toBe("5");
    expect(await codeOf(response)).toBe("database_unavailable");
    const logout = await visitor.post(PATHS.logout);
    expect(logout.status).toBe(200);
    expect(logout.headers.getSetCookie()).toHaveLength(1);
    expect(foyer.logLines.join("\n")).toContain("sign_out_not_written");
    visitor.cookies.set("session_id", "A".repeat(43));
    const navbar = await visitor.fragment(PATHS.navbar);
    expect(navbar.status).toBe(503);
    expect(await navbar.text()).toContain("Try again");
    rmSync(folder, { recursive: true });
  });

  test("a sign-in gets 503 while another process holds the lock, and can be tried again", async () => {
    const folder = mkdtempSync(join(tmpdir(), "foyer-busy-"));
    const path = join(folder, "foyer.db");
    const store = openSqlite(path, MACHINE);
    const other = new Database(path);
    other.run("BEGIN IMMEDIATE");
    const locked = await store.signIn(signIn(), AT_ONCE).catch((error: unknown) => error);
    expect(String(locked)).toContain("SQLITE_BUSY");
    other.run("ROLLBACK");
    expect((await store.signIn(signIn(), AT_ONCE)).signedIn).toBe(true);
    other.close();
    store.close();
    rmSync(folder, { recursive: true });
  });

  test("members can read while writes fail", async () => {
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
