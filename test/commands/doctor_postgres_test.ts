import { beforeAll, describe, expect, test } from "bun:test";

import { SQL } from "bun";

import { readServerState, type ServerState } from "../../db/postgres/server_state.ts";
import { checkPostgres, judgePostgres } from "../../src/commands/doctor/check_postgres.ts";
import type { Finding } from "../../src/commands/doctor/finding.ts";
import { parseDatabase, type PostgresAddress } from "../../src/config/database.ts";
import { createMigratedDatabase } from "../postgres/migrated.ts";
import { sharedPostgres } from "../postgres/server.ts";
import { hasPostgres } from "../programs.ts";

const NOW = 1_800_000_000_000;
const parse = (text: string) => parseDatabase(text) as PostgresAddress;
const say = (findings: Finding[]) =>
  findings.map(({ check, severity, text }) => `${severity} ${check}: ${text}`).join("\n");

describe.skipIf(!hasPostgres)("the doctor, about a PostgreSQL,", () => {
  let address = "";
  beforeAll(async () => {
    await sharedPostgres();
    address = await createMigratedDatabase();
    await administer("create role plain login");
  }, 60_000);

  async function administer(...statements: string[]): Promise<void> {
    await using sql = new SQL(address, { max: 1 });
    for (const statement of statements) await sql.unsafe(statement);
  }

  /** What it says to a role that is no superuser. */
  const check = async (parameters = "") =>
    say(await checkPostgres(parse(address.replace("foyer@", "plain@") + parameters), NOW));

  beforeAll(() => administer("grant all on all tables in schema public to plain"));

  test("knows its version, its size, its connections and its settings", async () => {
    const said = await check();
    expect(said).toMatch(
      /^ok database: postgres:\/\/plain@127\.0\.0\.1:\d+\/\w+ is PostgreSQL 1\d\.\d.*, \d+ MiB$/m,
    );
    expect(said).toMatch(/^ok connections: A process has at most 10 of 497, and \d+ are in use$/m);
    expect(said).toMatch(/^warning database: fsync is off: /m);
    expect(said).toContain("ok backup: PostgreSQL makes them");
    expect(said).not.toContain("superuser");
    expect(said).not.toContain("chain");
    expect(say(await checkPostgres(parse(address), NOW))).toContain("Foyer is a superuser there");
  });

  test("sees a pool that is too large, and one that does not fit any more", async () => {
    expect(await check("?connection_limit=498")).toContain(
      "problem connections: A process has at most 498 of 497",
    );
    expect(await check("?connection_limit=497")).toMatch(
      /warning connections: .*: one more process does not fit/,
    );
  });

  test("wants timeouts where Foyer cannot set its own", async () => {
    const [statement, idle] = ["statement_timeout", "idle_in_transaction_session_timeout"];
    const said = await check("?pgbouncer=true");
    for (const name of [statement, idle])
      expect(said).toContain(`warning connections: ${name} is off`);
    await administer(`alter role plain set ${statement} = '2s'`);
    const then = await check("?pgbouncer=true");
    expect([then.includes(`${statement} is off`), then.includes(`${idle} is off`)]).toEqual([
      false,
      true,
    ]);
  });

  test("sees what takes no writes, and what a crash would lose", async () => {
    await administer(
      "alter role plain set default_transaction_read_only = on",
      "alter role plain set synchronous_commit = off",
    );
    const said = await check();
    expect(said).toContain("problem database: It takes no writes");
    expect(said).toContain("warning database: synchronous_commit is off");
    await administer("alter role plain reset all");
  });

  test("sees events that nobody chains", async () => {
    await administer(
      `insert into audit_pending (at, kind, details_hash, salt, details) values (${NOW - 60_000}, 'a', 'b', 'c', 'd')`,
    );
    expect(await check()).toContain(
      "warning events: An event of 60 seconds ago is not in the chain yet",
    );
    await administer("delete from audit_pending");
  });

  test("sees a database that is new, or that a newer version has migrated", async () => {
    const fresh = await (await sharedPostgres()).createDatabase();
    expect(say(await checkPostgres(parse(fresh), NOW))).toContain("; the next start upgrades it");
    await administer(
      `insert into migrations ("set", name, hash) values ('foyer', '9999_later', 'x')`,
    );
    expect(await check()).toContain("this version does not have its migration 9999_later");
    await administer("delete from migrations where name = '9999_later'");
  });

  test("says why it cannot be used, without the password", async () => {
    const REASONS: [url: string, says: string][] = [
      ["postgres://foyer:s3cr3t@127.0.0.1:1/foyer", "nobody listens there"],
      [address.replace("foyer@", "nobody:s3cr3t@"), "the user may not sign in"],
      [`${address.replace("foyer@", "foyer:s3cr3t@")}x`, "there is no such database"],
      [`${address.replace("foyer@", "foyer:s3cr3t@")}?sslmode=require`, "it has no TLS"],
    ];
    for (const [url, says] of REASONS) {
      const said = say(await checkPostgres(parse(url), NOW));
      expect(said).toStartWith("problem database: Foyer cannot use the database postgres://");
      expect(said).toContain(says);
      expect(said).not.toContain("s3cr3t");
    }
  });

  const TLS: [url: string, isEncrypted: boolean, says: string | null][] = [
    ["postgres://u@127.0.0.1/d", false, null],
    ["postgres://u@[::1]/d", false, null],
    ["postgres://u@db/d", false, "problem database tls: The network carries everybody's data"],
    ["postgres://u@db/d?sslmode=prefer", false, "problem database tls: The network carries"],
    ["postgres://u@db/d?sslmode=prefer", true, "warning database tls: The certificate is not"],
    ["postgres://u@db/d?sslmode=require", true, "warning database tls: The certificate is not"],
    ["postgres://u@db/d?sslmode=verify-full", true, "ok database tls: The certificate is verified"],
    ["postgres://u@db/d?pgbouncer=true", true, "problem database tls: The network carries"],
    ["postgres://u@db/d?pgbouncer=true&sslmode=verify-full", false, "ok database tls: The cert"],
  ];
  test.each(TLS)("judges TLS of %s, encrypted: %p", async (url, isEncrypted, says) => {
    const state: ServerState = { ...(await readServerState(parse(address))), isEncrypted };
    const said = say(judgePostgres(parse(url), { state, missing: [], now: NOW }));
    if (says === null) expect(said).not.toContain("tls");
    else expect(said).toContain(says);
  });
});
