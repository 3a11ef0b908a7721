import { beforeAll, describe, expect, test } from "bun:test";

import { hasPostgres } from "../../programs.ts";
import { codeOf } from "../../visitor.ts";
import { createMigratedDatabase } from "../migrated.ts";
import { type PostgresServer, sharedPostgres } from "../server.ts";
import { startProxy } from "./proxy.ts";
import { openScene } from "./scene.ts";

describe.skipIf(!hasPostgres)("a connection", () => {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await sharedPostgres();
  }, 60_000);

  async function open(settings = "") {
    const proxy = await startProxy(server.port);
    const address = await createMigratedDatabase();
    const scene = await openScene(proxy.through(address) + settings, address);
    return {
      ...{ proxy, scene },
      async [Symbol.asyncDispose]() {
        await scene[Symbol.asyncDispose]();
        await proxy[Symbol.asyncDispose]();
      },
    };
  }

  test.each(["before", "after"] as const)("is cut in the middle of a sign-in: %s", async (when) => {
    await using place = await open();
    const { proxy, scene } = place;
    const { browser, signIn } = await scene.newcomer();
    proxy.cutAt('insert into "session_tokens"', when);
    // Nothing was committed, so it begins again.
    expect((await signIn()).status).toBe(200);
    expect(await scene.count("sessions")).toBe(1);
    await scene.expectWell(browser);
    scene.expectNoValues();
  });

  test("is cut before COMMIT: nothing has happened, and the same token signs in", async () => {
    await using place = await open();
    const { proxy, scene } = place;
    const { browser, signIn } = await scene.newcomer();
    proxy.cutAt("COMMIT", "before");
    const refused = await signIn();
    expect(refused.status).toBe(503);
    expect(await codeOf(refused)).toBe("database_unavailable");
    expect(await scene.count("sessions")).toBe(0);
    expect((await signIn()).status).toBe(200);
    await scene.expectWell(browser);
    scene.expectNoValues();
  });

  test("is cut behind COMMIT: it is never tried again, and the token is used", async () => {
    await using place = await open();
    const { proxy, scene } = place;
    const { browser, signIn } = await scene.newcomer();
    proxy.cutAt("COMMIT", "after");
    const refused = await signIn();
    expect(refused.status).toBe(503);
    expect(refused.headers.getSetCookie()).toEqual([]);
    expect(await scene.count("sessions")).toBe(1);
    const again = await signIn();
    expect(again.status).toBe(401);
    expect(await codeOf(again)).toBe("nonce_reused");
    expect(await browser.status()).toBe(401);
    expect(await scene.count("sessions")).toBe(1);
    expect(scene.foyer.logLines.join("")).toContain("failed at COMMIT");
    scene.expectNoValues();
  });

  test("is cut behind a single query that writes: it is not tried again", async () => {
    await using place = await open();
    const { proxy, scene } = place;
    const { store } = scene.foyer;
    proxy.cutAt('set "access_hash"', "after");
    const writing = store.setAccess({ sessionId: "nobody's", accessHash: "a hash" });
    await expect(writing).rejects.toThrow("PostgreSQL failed: ERR_POSTGRES_CONNECTION_CLOSED");
    expect(proxy.countSent('set "access_hash"')).toBe(1);
  });

  test("is cut behind a single query that reads: it is asked again", async () => {
    await using place = await open();
    const { proxy, scene } = place;
    const member = await scene.member();
    proxy.cutAt('from "session', "after");
    expect(await member.status()).toBe(200);
  });

  test("is slow: what takes too long is not done", async () => {
    await using place = await open();
    const { proxy, scene } = place;
    const member = await scene.member();
    const { browser, signIn } = await scene.newcomer();
    proxy.delayMs = 500;
    const begun = performance.now();
    const [refused, read] = await Promise.all([signIn(), member.status()]);
    expect(performance.now() - begun).toBeLessThan(2300);
    expect(refused.status).toBe(503);
    expect(read).toBe(200);
    proxy.delayMs = 0;
    await scene.untilWell(member);
    await scene.untilIdle();
    expect(await scene.count("sessions")).toBe(1);
    expect((await signIn()).status).toBe(200);
    await scene.expectWell(browser);
    scene.expectNoValues();
  });

  test("is dead, and the only one: another one takes its place", async () => {
    await using place = await open("?connection_limit=1");
    const { proxy, scene } = place;
    const member = await scene.member();
    proxy.silenceAt('from "session');
    expect(await member.status()).toBe(503);
    await scene.untilWell(member);
    await scene.expectWell(member);
  });

  test("is dead, and others live: it is given up", async () => {
    await using place = await open();
    const { proxy, scene } = place;
    const members = await Promise.all([scene.member(), scene.member(), scene.member()]);
    proxy.silenceAt('from "session');
    const first = await Promise.all(members.map((member) => member.status()));
    expect(first.toSorted()).toEqual([200, 200, 503]);
    for (let round = 0; round < 5; round += 1)
      expect(await Promise.all(members.map((member) => member.status()))).toEqual([200, 200, 200]);
    scene.expectNoValues();
  });

  test("says nothing, and no new one does: all is well again once they do", async () => {
    await using place = await open();
    const { proxy, scene } = place;
    const member = await scene.member();
    proxy.isSilent = true;
    await scene.expectUnavailable(member, await scene.newcomer());
    proxy.isSilent = false;
    await scene.untilWell(member);
    await scene.expectWell(member);
    scene.expectNoValues();
  });
});
