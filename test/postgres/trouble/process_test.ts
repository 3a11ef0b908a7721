import { beforeAll, describe, expect, test } from "bun:test";
import { join } from "node:path";

import { PATHS } from "../../../src/paths.ts";
import { CLIENT_ID, sharedStandIn } from "../../fixture.ts";
import { freePort, startFoyerProcess } from "../../foyer_process.ts";
import { hasPostgres } from "../../programs.ts";
import { RemoteVisitor } from "../../remote_visitor.ts";
import { type PostgresServer, sharedPostgres } from "../server.ts";

const ROOT = join(import.meta.dir, "../../..");
const COMMAND = [process.execPath, "src/main.ts"];

describe.skipIf(!hasPostgres)("a process", () => {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await sharedPostgres();
  }, 60_000);

  async function createEnv() {
    const google = await sharedStandIn();
    const address = await server.createDatabase();
    return {
      PORT: String(freePort()),
      DATABASE_URL: address.replace("foyer@", "foyer:a-password@"),
      GOOGLE_OAUTH2_CLIENT_ID: CLIENT_ID,
      GOOGLE_ACCOUNTS_URL: google.origin,
      GOOGLE_JWKS_URL: `${google.origin}/oauth2/v3/certs`,
      SHUTDOWN_SECONDS: "1",
    };
  }

  test("says in a sentence that PostgreSQL is away, and does not start", async () => {
    const env = await createEnv();
    await server.stop();
    const child = Bun.spawn(COMMAND, { cwd: ROOT, env, stdout: "pipe", stderr: "pipe" });
    const said = await Promise.all(
      [child.stdout, child.stderr].map((one) => new Response(one).text()),
    );
    expect(await child.exited).toBe(1);
    await server.start();
    const shown = env.DATABASE_URL.replace(":a-password", "");
    expect(said).toEqual([
      "",
      `Foyer cannot use the database ${shown}: nobody listens there, or no machine has that name\n`,
    ]);
  });

  test("goes on while PostgreSQL stands still, and ends in time", async () => {
    const foyer = await startFoyerProcess(COMMAND, { cwd: ROOT, env: await createEnv() });
    const visitor = new RemoteVisitor(foyer.origin);
    await visitor.signIn(await sharedStandIn());
    server.freeze();
    expect((await visitor.get(PATHS.isAuthenticated)).status).toBe(503);
    await foyer.outputHas('"foreign_changes_not_read"');
    expect((await fetch(foyer.origin + PATHS.ready)).status).toBe(503);
    const pending = visitor.get(PATHS.isAuthenticated).catch(() => null);
    const { exitCode, ms } = await foyer.stop("SIGTERM");
    await pending;
    server.thaw();
    expect(exitCode).toBe(0);
    expect(ms).toBeLessThan(5000);
    expect(foyer.output()).not.toMatch(/a-password|select |rejection/i);
  });
});
