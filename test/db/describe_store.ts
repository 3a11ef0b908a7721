import { afterAll, beforeAll, describe } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { AppStore } from "../../db/contract/app_store.ts";
import { openStore } from "../../db/open_store.ts";
import { parseDatabase } from "../../src/config/database.ts";
import { MACHINE } from "../../src/machine.ts";
import { createSmallDatabase, PATIENT } from "../postgres/migrated.ts";
import { sharedPostgres } from "../postgres/server.ts";
import { hasPostgres } from "../programs.ts";
import { type RawSql, rawSqlAt } from "./raw_sql.ts";

/** A database of a test's own. */
export interface TestDatabase {
  /** As `DATABASE_URL` has it. */
  address: string;
  /** Opens it, as often as there are processes. It is closed behind the tests. */
  open(): Promise<AppStore>;
  /** Reaches it past the store, unless it is in memory. */
  readonly sql: RawSql;
}

/** Where a suite runs. */
export type TestEngine = "memory" | "file" | "postgres";

type Suite = (createDatabase: () => Promise<TestDatabase>, engine: TestEngine) => void;

/** Runs tests of the store in memory, in a file, and in a real PostgreSQL. */
export function describeStore(name: string, suite: Suite): void {
  describe(name, () => {
    describe("in memory", () =>
      suite(
        withStores(async () => ":memory:"),
        "memory",
      ));
    describeShared(suite);
  });
}

/** Runs tests where more than one connection reaches the database: in a file, and in a real PostgreSQL. */
export function describeSharedStore(name: string, suite: Suite): void {
  describe(name, () => describeShared(suite));
}

function describeShared(suite: Suite): void {
  describe("in a file", () => {
    let folder = "";
    let count = 0;
    beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), "foyer-store-"))));
    const create = withStores(async () => `file:${join(folder, `${(count += 1)}.db`)}`);
    afterAll(() => rmSync(folder, { recursive: true }));
    suite(create, "file");
  });

  describe.skipIf(!hasPostgres)("in PostgreSQL", () => {
    beforeAll(async () => void (await sharedPostgres()), 60_000);
    suite(withStores(createSmallDatabase), "postgres");
  });
}

/** What creates databases, and closes behind the tests what they opened. */
function withStores(createAddress: () => Promise<string>): () => Promise<TestDatabase> {
  const opened: AppStore[] = [];
  afterAll(async () => {
    for (const store of opened) await store.close();
  });
  return async () => {
    const address = await createAddress();
    return {
      address,
      async open() {
        const store = await openStore(parseDatabase(address), { ...MACHINE, ...PATIENT });
        opened.push(store);
        return store;
      },
      get sql() {
        return rawSqlAt(address);
      },
    };
  };
}
