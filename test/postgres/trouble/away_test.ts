import { beforeAll, describe, expect, test } from "bun:test";

import { hasPostgres } from "../../programs.ts";
import { createMigratedDatabase } from "../migrated.ts";
import { type PostgresServer, sharedPostgres } from "../server.ts";
import { openScene } from "./scene.ts";

describe.skipIf(!hasPostgres)("a PostgreSQL", () => {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await sharedPostgres();
  }, 60_000);

  test.each(["fast", "immediate"] as const)("goes away (%s), and comes back", async (mode) => {
    await using scene = await openScene(await createMigratedDatabase());
    const member = await scene.member();
    const newcomer = await scene.newcomer();
    await server.stop(mode);
    await scene.expectUnavailable(member, newcomer);
    await server.start();
    await scene.expectWell(member);
    expect((await newcomer.signIn()).status).toBe(200);
    await scene.expectWell(newcomer.browser);
    scene.expectNoValues();
  });

  test("stands still, and goes on", async () => {
    await using scene = await openScene(await createMigratedDatabase());
    const member = await scene.member();
    const newcomer = await scene.newcomer();
    server.freeze();
    await scene.expectUnavailable(member, newcomer);
    // Other connections, which do not open.
    await scene.expectUnavailable(member, newcomer);
    server.thaw();
    await scene.untilWell(member);
    await scene.expectWell(member);
    expect((await newcomer.signIn()).status).toBe(200);
    await scene.expectWell(newcomer.browser);
    scene.expectNoValues();
  });

  test("stands still in the middle of sign-ins: each token signs in once at most", async () => {
    await using scene = await openScene(await createMigratedDatabase());
    const newcomers = await Promise.all(Array.from({ length: 20 }, scene.newcomer));
    const first = newcomers.map(({ signIn }) => signIn().then(({ status }) => status));
    await Promise.any(first);
    server.freeze();
    const statuses = await Promise.all(first);
    server.thaw();
    expect(statuses).toContain(503);
    for (const [index, { browser, signIn }] of newcomers.entries()) {
      if (statuses[index] === 200) expect(await browser.status()).toBe(200);
      else expect([200, 401]).toContain((await signIn()).status);
    }
    expect(await scene.count("sessions")).toBe(newcomers.length);
    expect(await scene.foyer.store.verifyAudit()).toMatchObject({ isWhole: true, events: 20 });
    scene.expectNoValues();
  });

  test("is opened by a bound of connections, and none waits for ever", async () => {
    const address = await createMigratedDatabase();
    await using scene = await openScene(`${address}?connection_limit=1`);
    const member = await scene.member();
    const newcomer = await scene.newcomer();
    {
      await using _ = await scene.lock("users");
      await scene.expectUnavailable(member, newcomer);
    }
    await scene.untilWell(member);
    await scene.expectWell(member);
    expect((await newcomer.signIn()).status).toBe(200);
    scene.expectNoValues();
  });
});
