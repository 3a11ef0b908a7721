import { Database } from "bun:sqlite";
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { SQL } from "bun";
import { getTableName } from "drizzle-orm";

import { listCopiedTables } from "../../../db/copy/copied_tables.ts";
import { openStore } from "../../../db/open_store.ts";
import { TABLES_IN_SQLITE } from "../../../db/sqlite/schema.ts";
import { parseDatabase } from "../../../src/config/database.ts";
import { MACHINE } from "../../../src/machine.ts";
import { runInProcess } from "../../commands/run_in_process.ts";
import { ADA, createClock, createFoyer, GRACE } from "../../fixture.ts";
import { sharedPostgres } from "../../postgres/server.ts";
import { hasPostgres } from "../../programs.ts";
import { readCounted } from "../miscount.ts";
import { rawSqlAt } from "../raw_sql.ts";
import { HAS_DEMONSTRATION, type SignedIn, writeFullFile } from "./full_file.ts";

const COUNT = 2100;
const { fileMarks: _, counters: __, ...FOYERS } = TABLES_IN_SQLITE;
const FILLED = [
  ...Object.values(FOYERS).map((table) => getTableName(table)),
  ...(HAS_DEMONSTRATION ? ["customers"] : []),
];
const folder = mkdtempSync(join(tmpdir(), "foyer-copy-"));
const path = join(folder, "foyer.db");
const clock = createClock();
let signedIn: SignedIn;
let address = "";
let before: Buffer;
/** As the command has left it; the tests read the file again. */
let left: { bytes: Buffer; files: string[] };
const shown: string[] = [];
let said = "";

/** The rows of each table as text, sorted. */
const sorted = (rows: unknown[][]) => rows.map((row) => JSON.stringify(row)).toSorted();

function readFile(): Record<string, string[]> {
  using database = new Database(path, { readonly: true, safeIntegers: true });
  const tables = listCopiedTables().map(({ name, columns }) => {
    const rows = database
      .query(`SELECT ${columns.map((column) => `"${column.name}"`).join()} FROM "${name}"`)
      .values()
      .map((row) =>
        row.map((value, index) =>
          columns[index]?.kind === "flag"
            ? value === 1n
            : typeof value === "bigint"
              ? `${value}`
              : value,
        ),
      );
    return [name, sorted(rows)] as const;
  });
  return Object.fromEntries(tables);
}

async function readServer(): Promise<Record<string, string[]>> {
  await using sql = new SQL(address, { max: 1 });
  const tables: Record<string, string[]> = {};
  for (const { name, columns } of listCopiedTables()) {
    const list = columns.map((column) => `"${column.name}"`).join();
    tables[name] = sorted(await sql.unsafe(`select ${list} from "${name}"`).values());
  }
  return tables;
}

describe.skipIf(!hasPostgres)("foyer copy", () => {
  beforeAll(async () => {
    const server = await sharedPostgres();
    address = await server.createDatabase();
    signedIn = await writeFullFile(path, { count: COUNT, clock });
    before = readFileSync(path);
    const env = { DATABASE_URL: address };
    said = await runInProcess(["copy", "--from", `file:${path}`], env, {
      showProgress: (text) => void shown.push(text),
    });
    left = { bytes: readFileSync(path), files: readdirSync(folder) };
  }, 60_000);
  afterAll(() => rmSync(folder, { recursive: true }));

  test("leaves the file as it is", () => {
    expect(left.bytes.equals(before)).toBe(true);
    expect(left.files).toEqual(["foyer.db"]);
  });

  test("writes every row of every table", async () => {
    const [inFile, onServer] = [readFile(), await readServer()];
    for (const [name, rows] of Object.entries(inFile)) {
      if (FILLED.includes(name)) expect(rows.length).toBeGreaterThan(0);
      expect({ name, rows: onServer[name] }).toEqual({ name, rows });
    }
  });

  test("counts them", async () => {
    const { kept, counted } = await readCounted(rawSqlAt(address));
    expect(kept).toEqual(counted);
    expect(kept).toContainEqual(["people", COUNT + 2]);
  });

  test("says what it did, and does", () => {
    const counts = Object.fromEntries(
      [...said.matchAll(/^ {2}(\w+) +(\d+)$/gm)].map(([, name, count]) => [name, Number(count)]),
    );
    expect(counts).toMatchObject({
      users: COUNT + 2,
      sessions: COUNT + 2,
      audit_marks: 1,
      ...(HAS_DEMONSTRATION ? { customers: 1 } : {}),
    });
    expect(said).toContain("each read back and compared.");
    expect(said).not.toContain("Not copied");
    expect(shown).toContain("Reads users: 0 rows …");
    expect(shown).toContain("Writes users: 2000 rows …");
    expect(shown).toContain("Compares audit_events: 2000 rows …");
    expect(shown.at(-1)).toBe("");
  });

  test("takes the audit log along, whole", async () => {
    const hash = /Event (\d+) is the last one\. Its hash is (\S+)\./.exec(said);
    const verdict = await runInProcess(["audit", "verify"], { DATABASE_URL: address });
    expect(verdict).toContain(`The audit log is intact: ${hash?.[1]} events`);
    expect(verdict).toContain(`The hash of the last event is ${hash?.[2]}.`);
  });

  test("signs nobody out", async () => {
    const own = await (await sharedPostgres()).createDatabase({ template: address });
    const store = await openStore(parseDatabase(own), MACHINE);
    const foyer = await createFoyer({}, { store, clock });
    for (const [person, old] of [
      [ADA, signedIn.ada],
      [GRACE, signedIn.grace],
    ] as const) {
      const visitor = foyer.visitor();
      for (const [name, value] of old.cookies) visitor.cookies.set(name, value);
      expect(await (await visitor.fragment("/auth/auth_navbar")).text()).toContain(person.name);
    }
    const stranger = foyer.visitor();
    expect(await (await stranger.fragment("/auth/auth_navbar")).text()).not.toContain(ADA.name);
    // The server goes on with the chain.
    await foyer.visitor().signIn(ADA);
    expect(await store.verifyAudit()).toMatchObject({ isWhole: true });
    await store.close();
  });

  test("does so once", async () => {
    const again = runInProcess(["copy", "--from", `file:${path}`], { DATABASE_URL: address });
    expect(await again.catch(String)).toContain("it is not empty: its table users has rows");
  });
});
