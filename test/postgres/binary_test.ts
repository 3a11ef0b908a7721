import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { SQL } from "bun";

import { buildBinary } from "../build_binary.ts";
import { writeFullFile } from "../db/copy/full_file.ts";
import { CLIENT_ID, createClock, sharedStandIn } from "../fixture.ts";
import { type FoyerProcess, freePort, startFoyerProcess } from "../foyer_process.ts";
import { hasPostgres } from "../programs.ts";
import { RemoteVisitor } from "../remote_visitor.ts";
import { type PostgresServer, startPostgres } from "./server.ts";

const SECRET = "s3cr3t-of-the-database";
const PROCESSES = 4;

describe.skipIf(!hasPostgres)("the binary over a PostgreSQL", () => {
  const folder = mkdtempSync(join(tmpdir(), "foyer-binary-"));
  const running: FoyerProcess[] = [];
  const said: string[] = [];
  let server: PostgresServer;
  let binary = "";
  let address = "";

  beforeAll(async () => {
    [server, binary] = [await startPostgres(), buildBinary(folder)];
    address = await server.createDatabase();
  }, 120_000);
  afterAll(async () => {
    await Promise.all(running.map((foyer) => foyer.stop("SIGKILL")));
    await server?.[Symbol.asyncDispose]();
    rmSync(folder, { recursive: true });
  });

  /** The environment of a process whose database's password is in a file. */
  function environmentOf(database: string): Record<string, string> {
    const path = join(folder, new URL(database).pathname);
    writeFileSync(path, `${database.replace("foyer@", `foyer:${SECRET}@`)}\n`);
    return { DATABASE_URL_FILE: path, GOOGLE_OAUTH2_CLIENT_ID: CLIENT_ID };
  }

  async function start(): Promise<FoyerProcess> {
    const google = await sharedStandIn();
    const env = {
      ...environmentOf(address),
      PORT: String(freePort()),
      METRICS_PORT: String(freePort()),
      GOOGLE_ACCOUNTS_URL: google.origin,
      GOOGLE_JWKS_URL: `${google.origin}/oauth2/v3/certs`,
    };
    const foyer = await startFoyerProcess([binary], { cwd: folder, env });
    running.push(foyer);
    return foyer;
  }

  async function run(args: string[], database = address) {
    const env = environmentOf(database);
    const child = Bun.spawn([binary, ...args], {
      cwd: folder,
      env,
      stdout: "pipe",
      stderr: "pipe",
    });
    const texts = await Promise.all(
      [child.stdout, child.stderr].map((one) => new Response(one).text()),
    );
    said.push(...texts);
    return { exitCode: await child.exited, text: texts.join("") };
  }

  /** However many start at once. */
  async function startAndMigrateOnce() {
    await Promise.all(Array.from({ length: PROCESSES }, start));
    const outputs = running.map((foyer) => foyer.output());
    expect(outputs.filter((text) => text.includes('"event":"migrated"'))).toHaveLength(1);
    await using sql = new SQL(address, { max: 1 });
    const names: string[] = (
      await sql`select name from migrations order by position`.values()
    ).flat();
    expect(names[0]).toBe("0000_init");
    expect(new Set(names).size).toBe(names.length);
  }

  async function findOnePersonInEach() {
    const [one, other] = running.map(({ origin }) => new RemoteVisitor(origin));
    await one?.signIn(await sharedStandIn());
    for (const [name, value] of one?.cookies ?? []) other?.cookies.set(name, value);
    const navbar = await other?.fragment("/auth/auth_navbar");
    expect(await navbar?.text()).toContain("Ada Lovelace");
  }

  async function failAndKeepThePassword() {
    for (const args of [["check-config"], ["doctor"], ["backup", folder], ["migrate"]])
      await run(args);
    const [one] = running;
    const metrics = await fetch(`http://127.0.0.1:${one?.env.METRICS_PORT}/metrics`);
    said.push(await metrics.text());
    await server.stop();
    const navbar = await new RemoteVisitor(one?.origin ?? "").get("/readyz");
    said.push(await navbar.text());
    expect(navbar.status).toBe(503);
    expect(await run(["audit", "verify"])).toMatchObject({
      exitCode: 1,
      text: expect.stringMatching(
        /^Foyer cannot use the database [^\n]*: nobody listens there[^\n]*\n$/,
      ),
    });
    await run(["doctor"]);
    for (const foyer of running) {
      said.push(foyer.output(), readFileSync(`/proc/${foyer.pid}/cmdline`, "utf8"));
      said.push(readFileSync(`/proc/${foyer.pid}/environ`, "utf8"));
    }
    await Promise.all(running.map((foyer) => foyer.stop("SIGTERM")));
    said.push(...running.map((foyer) => foyer.output()));
    const text = said.join("\n");
    for (const proof of ["foyer@127.0.0.1", "DATABASE_URL_FILE=", "foyer_build_info"]) {
      expect(text).toContain(proof);
    }
    expect(text).not.toContain(SECRET);
  }

  test(
    "migrates once, has the same people in each, and shows no password",
    { timeout: 60_000 },
    async () => {
      await startAndMigrateOnce();
      await findOnePersonInEach();
      await failAndKeepThePassword();
      await server.start();
    },
  );

  test("copies a file, and verifies it", async () => {
    const path = join(folder, "foyer.db");
    await writeFullFile(path, { count: 3, clock: createClock() });
    const target = await server.createDatabase();
    const copied = await run(["copy", "--from", `file:${path}`], target);
    expect(copied).toMatchObject({ exitCode: 0, text: expect.stringContaining("compared.") });
    const verified = await run(["audit", "verify"], target);
    expect(verified).toMatchObject({ exitCode: 0, text: expect.stringContaining("is intact") });
  });
});
