import { beforeAll, describe, expect, test } from "bun:test";

import { SQL } from "bun";

import { openStore } from "../../db/open_store.ts";
import { findServerFault, migrateServer } from "../../db/postgres/migrate.ts";
import { parseDatabase, type PostgresAddress } from "../../src/config/database.ts";
import { MACHINE } from "../../src/machine.ts";
import { auditAt } from "../fixture.ts";
import { hasPostgres } from "../programs.ts";
import { type PostgresServer, sharedPostgres } from "./server.ts";

const ALL = ["0000_init", "0001_people_search", "0002_counters", "0000_customers"];

const migrate = (address: string) => migrateServer(parseDatabase(address) as PostgresAddress);

describe("a PostgreSQL", () => {
  test.each([
    [{ version: 150_000, encoding: "UTF8" }, null],
    [{ version: 180_003, encoding: "UTF8" }, null],
    [{ version: 140_999, encoding: "UTF8" }, "it is older than PostgreSQL 15"],
    [{ version: 90_624, encoding: "UTF8" }, "it is older than PostgreSQL 15"],
    [{ version: 160_001, encoding: "SQL_ASCII" }, "its encoding is SQL_ASCII, not UTF8"],
  ])("that says %p of itself", (server, fault) => {
    expect(findServerFault(server)).toBe(fault);
  });
});

describe.skipIf(!hasPostgres)("migrations of a PostgreSQL", () => {
  let server: PostgresServer;
  let roles = 0;
  beforeAll(async () => {
    server = await sharedPostgres();
  }, 60_000);

  /** Runs statements as the owner of everything, each by itself. */
  async function ask(address: string, ...statements: string[]) {
    await using sql = new SQL(address, { max: 1 });
    const answers = [];
    for (const statement of statements) answers.push(await sql.unsafe(statement).values());
    return answers.at(-1);
  }

  /** A database, and its address for a new role that owns it. */
  async function createOwned(...settings: string[]) {
    const admin = await server.createDatabase();
    const { pathname } = new URL(admin);
    const role = `role_${(roles += 1)}`;
    await ask(
      admin,
      `create role ${role} login`,
      `alter database ${pathname.slice(1)} owner to ${role}`,
    );
    for (const setting of settings) await ask(admin, `alter role ${role} ${setting}`);
    const address = Object.assign(new URL(admin), { username: role }).href;
    return { admin, role, address };
  }

  const listTables = (address: string) =>
    ask(
      address,
      "select schemaname || '.' || tablename from pg_tables where schemaname not in ('pg_catalog', 'information_schema') order by 1",
    );

  test("are applied once by four processes that start together", async () => {
    const { address } = await createOwned("set default_transaction_isolation = 'serializable'");
    const applied = await Promise.all([1, 2, 3, 4].map(() => migrate(address)));
    expect(applied.toSorted((one, other) => other.length - one.length)).toEqual([ALL, [], [], []]);
    expect(await migrate(address)).toEqual([]);
  });

  test("go on when the process that held the lock is gone", async () => {
    const { admin, address } = await createOwned();
    const gone = new SQL(admin, { max: 1 });
    const held = Promise.withResolvers<void>();
    const holding = gone
      .begin(async (connection) => {
        await connection`select pg_advisory_xact_lock(${0x466f7972})`;
        held.resolve();
        await connection`select pg_sleep(60)`;
      })
      .catch(() => {});
    await held.promise;
    const waiting = migrate(address);
    const waits = "select 1 from pg_locks where locktype = 'advisory' and not granted";
    while ((await ask(admin, waits))?.length === 0);
    await ask(
      admin,
      "select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and granted",
    );
    expect(await waiting).toEqual(ALL);
    await holding;
    await gone.close();
  });

  test("leave nothing of one that fails in the middle", async () => {
    const { admin, address } = await createOwned();
    await ask(admin, "create table customers (id int)");
    await expect(migrate(address)).rejects.toThrow("it has tables of another program");
    expect(await listTables(admin)).toEqual([["public.customers"]]);
    await ask(admin, "drop table customers");
    expect(await migrate(address)).toEqual(ALL);
  });

  test.each(["users", "migrations", "people_search"])(
    "refuse the table %s of another program",
    async (name) => {
      const { admin, address } = await createOwned();
      await ask(
        admin,
        `create table ${name} (id int, batch int)`,
        `insert into ${name} values (1, 2)`,
      );
      await expect(migrate(address)).rejects.toThrow("it has tables of another program");
      expect(await listTables(admin)).toEqual([[`public.${name}`]]);
      expect(await ask(admin, `select * from ${name}`)).toEqual([[1, 2]]);
    },
  );

  test("take longer than the role's limits for a request", async () => {
    const limits = ["statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout"];
    const { admin, address } = await createOwned(...limits.map((name) => `set ${name} = '300ms'`));
    await ask(
      admin,

      "create function wait() returns event_trigger language plpgsql as 'begin perform pg_sleep(0.4); end'",
      "create event trigger slow on ddl_command_end when tag in ('CREATE TRIGGER') execute function wait()",
    );
    expect(await migrate(address)).toEqual(ALL);
  });

  test("go into the schema that the role's search_path names first", async () => {
    const { admin, role, address } = await createOwned("set search_path = door, public");
    await ask(admin, "create table users (id int)", `create schema door authorization ${role}`);
    expect(await migrate(address)).toEqual(ALL);
    const tables = (await listTables(admin))?.flat() ?? [];
    expect(tables.filter((name: string) => !name.startsWith("door."))).toEqual(["public.users"]);
    const store = await openStore(parseDatabase(address), MACHINE);
    await store.countRefusals({ counts: [["a", 1]], now: 0 });
    await ask(
      admin,
      "insert into door.users (id, sub, email, email_verified, name, created_at, signed_in_at) values ('a', 'a', 'ada@gmail.com', true, 'Ada', 0, 0)",
    );
    const query = { filter: "all", order: "name", isReversed: false, skip: 0, limit: 1 } as const;
    const found = await store.listPeople({ ...query, search: "ada", configuredAdmins: new Set() });
    expect(found.count).toBe(1);
    await store.close();
  });

  const REFUSED: [
    what: string,
    prepare: (role: string, database: string) => string[],
    reason: string,
  ][] = [
    [
      "a role that may not create tables",
      () => ["revoke create on schema public from public, pg_database_owner"],
      "the user may not create tables there",
    ],
    [
      "a role without a schema",
      (role) => [`alter role ${role} set search_path = nowhere`],
      "the user has no schema for its tables",
    ],
    [
      "a database that is read-only",
      (_, database) => [`alter database ${database} set default_transaction_read_only = on`],
      "it is read-only",
    ],
  ];
  for (const [what, prepare, reason] of REFUSED) {
    test(`refuse ${what}`, async () => {
      const { admin, role, address } = await createOwned();
      await ask(admin, ...prepare(role, new URL(admin).pathname.slice(1)));
      await expect(migrate(address)).rejects.toThrow(reason);
      expect(await listTables(admin)).toEqual([]);
    });
  }

  test("refuse a role that may only read", async () => {
    const { admin, address } = await createOwned();
    await migrate(address);
    const reader = await createOwned();
    await ask(admin, `grant select on all tables in schema public to ${reader.role}`);
    const url = Object.assign(new URL(admin), { username: reader.role }).href;
    await expect(migrate(url)).rejects.toThrow("the user may not write to its tables");
  });

  test("need nothing of a database that is read-only for now", async () => {
    const { admin, address } = await createOwned();
    await migrate(address);
    await ask(
      admin,
      `alter database ${new URL(admin).pathname.slice(1)} set default_transaction_read_only = on`,
    );
    const store = await openStore(parseDatabase(address), MACHINE);
    expect((await store.readCounters({ now: 0, sinceDay: "" })).people).toBe(0);
    await expect(store.invite("ada@gmail.com", auditAt(0))).rejects.toThrow("25006");
    await store.close();
  });
});
