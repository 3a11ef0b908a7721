import { beforeAll, describe, expect, test } from "bun:test";

import { openStore } from "../../../db/open_store.ts";
import { parseDatabase } from "../../../src/config/database.ts";
import { MACHINE } from "../../../src/machine.ts";
import { PATHS } from "../../../src/paths.ts";
import { followOtherProcesses } from "../../../src/session/other_processes.ts";
import { hasPostgres, PGBOUNCER } from "../../programs.ts";
import { type PostgresServer, sharedPostgres } from "../server.ts";
import { startPgbouncer } from "./pgbouncer.ts";
import { openScene } from "./scene.ts";

const CONNECTIONS = 3;

describe.skipIf(!hasPostgres || !PGBOUNCER.isInstalled)("pgbouncer in transaction mode", () => {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await sharedPostgres();
  }, 60_000);

  async function open() {
    const pgbouncer = await startPgbouncer(server.port, CONNECTIONS);
    const address = await server.createDatabase();
    // It migrates through pgbouncer.
    const scene = await openScene(pgbouncer.through(address), address);
    return {
      ...{ pgbouncer, scene, address },
      async [Symbol.asyncDispose]() {
        await scene[Symbol.asyncDispose]();
        await pgbouncer[Symbol.asyncDispose]();
      },
    };
  }

  test("signs people in side by side, on fewer connections than they have", async () => {
    await using place = await open();
    const { scene } = place;
    const newcomers = await Promise.all(Array.from({ length: 40 }, scene.newcomer));
    const answers = await Promise.all(newcomers.map(({ signIn }) => signIn()));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    await Promise.all(newcomers.map(({ browser }) => scene.expectWell(browser)));
    expect(await scene.count("sessions")).toBe(40);
    expect(await scene.foyer.store.verifyAudit()).toMatchObject({ isWhole: true, events: 40 });
    scene.expectNoValues();
  });

  test("tells pages what another process has changed", async () => {
    await using place = await open();
    const { scene, pgbouncer, address } = place;
    const { deps } = scene.foyer;
    const other = await openStore(parseDatabase(pgbouncer.through(address)), MACHINE);
    const told = Promise.withResolvers<string>();
    const loginEvents = { ...deps.loginEvents, publish: told.resolve };
    const stop = followOtherProcesses({ ...deps, ...MACHINE, store: other, loginEvents });
    const member = await scene.member();
    const { headers } = await member.fragment(PATHS.navbar);
    expect(await told.promise).toBe(headers.get("x-answered-for") ?? "");
    stop();
    await other.close();
  });

  test("finds PostgreSQL away, and back again", async () => {
    await using place = await open();
    const { scene } = place;
    const member = await scene.member();
    const newcomer = await scene.newcomer();
    await server.stop("immediate");
    await scene.expectUnavailable(member, newcomer);
    await server.start();
    await scene.untilWell(member);
    await scene.expectWell(member);
    expect((await newcomer.signIn()).status).toBe(200);
    scene.expectNoValues();
  });
});
