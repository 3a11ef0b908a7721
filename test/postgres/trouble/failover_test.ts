import { afterEach, beforeEach, describe, expect, test } from "bun:test";

import { HAPROXY, hasPostgres, PGBOUNCER } from "../../programs.ts";
import type { Visitor } from "../../visitor.ts";
import { type PostgresServer, startPostgres } from "../server.ts";
import { startHaproxy } from "./haproxy.ts";
import { startPgbouncer } from "./pgbouncer.ts";
import { startProxy } from "./proxy.ts";
import { type Newcomer, openScene } from "./scene.ts";
import { type Standby, startStandby } from "./standby.ts";

const SIGNING_IN = 4;

/** Somebody whose sign-in was not answered with 200, and how. */
interface Refused {
  newcomer: Newcomer;
  status: number;
}

describe.skipIf(!hasPostgres)("a PostgreSQL and its standby", () => {
  let primary: PostgresServer;
  let standby: Standby;
  beforeEach(async () => {
    primary = await startPostgres();
    standby = await startStandby(primary);
  }, 60_000);
  afterEach(async () => {
    await standby[Symbol.asyncDispose]();
    await primary[Symbol.asyncDispose]();
  });

  test.skipIf(!PGBOUNCER.isInstalled)("are told apart behind pgbouncer, too", async () => {
    await using proxy = await startProxy(primary.port);
    await using pgbouncer = await startPgbouncer(proxy.port, 3);
    const address = await primary.createDatabase();
    await using scene = await openScene(pgbouncer.through(address), address);
    const member = await scene.member();
    proxy.target = standby.port;
    proxy.cut();
    // It answers reads, and knows the member.
    await scene.expectUnavailable(member, await scene.newcomer());
    proxy.target = primary.port;
    proxy.cut();
    await scene.untilWell(member);
    await scene.expectWell(member);
  });

  test.skipIf(!HAPROXY.isInstalled)(
    "change places: 503 for some time, and what was answered is there",
    async () => {
      await using haproxy = await startHaproxy(primary.port, standby.port);
      const address = await primary.createDatabase();
      const at = (port: number) => address.replace(`:${primary.port}/`, `:${port}/`);
      await using scene = await openScene(at(haproxy.port), at(standby.port));
      const members: Visitor[] = [];
      const refused: Refused[] = [];
      let isOver = false;

      async function signPeopleIn(): Promise<void> {
        while (!isOver) {
          const newcomer = await scene.newcomer();
          const begun = performance.now();
          const { status } = await newcomer.signIn();
          expect(performance.now() - begun).toBeLessThan(2300);
          if (status === 200) members.push(newcomer.browser);
          else refused.push({ newcomer, status });
          if (status !== 200) await Bun.sleep(20);
        }
      }

      const load = Array.from({ length: SIGNING_IN }, signPeopleIn);
      await until(() => members.length >= 20);
      const first = members[0] as Visitor;
      await primary.stop("immediate");
      const before = members.length;
      // The standby answers reads, with what was true some time ago: nobody is told that they are signed in.
      await until(() => refused.length >= 20);
      expect(await first.status()).toBe(503);
      await standby.promote();
      await until(() => members.length >= before + 20);
      isOver = true;
      await Promise.all(load);
      expect(new Set(refused.map(({ status }) => status))).toEqual(new Set([503]));
      for (const member of members) expect(await member.status()).toBe(200);
      for (const { newcomer } of refused)
        expect([200, 401]).toContain((await newcomer.signIn()).status);
      expect(await scene.count("sessions")).toBe(members.length + refused.length);
      expect(await scene.foyer.store.verifyAudit()).toMatchObject({ isWhole: true });
      scene.expectNoValues();
    },
  );
});

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await Bun.sleep(5);
}
