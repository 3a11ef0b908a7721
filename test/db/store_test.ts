import { expect, test } from "bun:test";

import { DatabaseError } from "../../db/contract/store.ts";
import { PATHS } from "../../src/paths.ts";
import { auditAt, createFoyer } from "../fixture.ts";
import { codeOf } from "../visitor.ts";
import { describeStore } from "./describe_store.ts";
import { signInWith } from "./sign_ins.ts";

const AT_ONCE = auditAt(1000);

describeStore("the store", (createDatabase) => {
  test("deletes expired rows, and nothing else", async () => {
    const store = await (await createDatabase()).open();
    await store.signIn(signInWith(), AT_ONCE);
    await store.signIn(
      signInWith({
        tokenHash: "other",
        nonceHash: "other",
        idleEndsAt: 4001,
        nonceKeptUntil: 3000,
      }),
      AT_ONCE,
    );
    await store.deleteExpired(4000);
    expect(await store.findSession("token")).toBeNull();
    expect(await store.findSession("other")).not.toBeNull();
    expect((await store.signIn(signInWith({ tokenHash: "third" }), AT_ONCE)).signedIn).toBe(false);
    expect(
      (await store.signIn(signInWith({ tokenHash: "third", nonceHash: "other" }), AT_ONCE))
        .signedIn,
    ).toBe(true);
  });

  test("changes nothing when a sign-in is refused", async () => {
    const store = await (await createDatabase()).open();
    await store.signIn(signInWith(), AT_ONCE);
    const refused = await store.signIn(
      signInWith({
        tokenHash: "second",
        previousTokenHash: "token",
        identity: { ...signInWith().identity, name: "B" },
      }),
      AT_ONCE,
    );
    expect(refused).toEqual({ signedIn: false, code: "nonce_reused" });
    expect((await store.findSession("token"))?.user.name).toBe("A");
    expect(await store.findSession("second")).toBeNull();
  });

  test("keeps every superseded token as long as the session lives", async () => {
    const store = await (await createDatabase()).open();
    await store.signIn(signInWith({ tokenHash: "token-0" }), AT_ONCE);
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
  }, 30_000);

  test("changes nothing when an act fails halfway", async () => {
    const store = await (await createDatabase()).open();
    await store.signIn(signInWith(), AT_ONCE);
    // A token must be unique. It is written after the nonce and the user.
    const grace = { ...signInWith().identity, sub: "2", email: "grace@b.example" };
    const second = signInWith({ identity: grace, nonceHash: "second" });
    await expect(store.signIn(second, AT_ONCE)).rejects.toThrow(DatabaseError);
    expect(await store.findPeopleByEmail(grace.email)).toEqual([]);
    const again = { ...second, tokenHash: "its own" };
    expect((await store.signIn(again, AT_ONCE)).signedIn).toBe(true);
  });

  test("does not reveal values in errors", async () => {
    const store = await (await createDatabase()).open();
    const broken = signInWith({ bindingSecret: "a-secret", tokenHash: null as unknown as string });
    const failure = await store.signIn(broken, AT_ONCE).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(DatabaseError);
    expect(Bun.inspect(failure)).not.toContain("a-secret");
    await store.close();
    const closed = await store.findSession("a-secret").catch((error: unknown) => error);
    expect(closed).toBeInstanceOf(DatabaseError);
    expect(Bun.inspect(closed)).not.toContain("a-secret");
  });

  test("requests get 503 if they need a database that is gone, and the others succeed", async () => {
    const store = await (await createDatabase()).open();
    const foyer = await createFoyer({}, { store });
    const visitor = foyer.visitor();
    await visitor.nonce();
    await store.close();
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
  });
});
