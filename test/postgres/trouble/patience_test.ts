import { beforeAll, describe, expect, test } from "bun:test";

import { sql } from "drizzle-orm";

import type { Act } from "../../../db/act.ts";
import { openAlone } from "../../../db/postgres/connection.ts";
import { createPostgresDialect } from "../../../db/postgres/dialect.ts";
import { readPatiently } from "../../../db/postgres/read_patiently.ts";
import { parseDatabase, type PostgresAddress } from "../../../src/config/database.ts";
import { hasPostgres } from "../../programs.ts";
import { createMigratedDatabase } from "../migrated.ts";
import { type PostgresServer, sharedPostgres } from "../server.ts";

const SILENCE_MS = 400;
const { db, tables, statement } = createPostgresDialect();
const findLater = statement(() =>
  db
    .select({ slept: sql`pg_sleep(0.1)` })
    .from(tables.auditMarks)
    .limit(1),
);

/** Asks ten questions, for a second in all. */
function* askTenTimes(): Act<number> {
  let answers = 0;
  while (answers < 10) {
    yield* findLater.all();
    answers += 1;
  }
  return answers;
}

describe.skipIf(!hasPostgres)("reading as long as it takes", () => {
  let server: PostgresServer;
  let address: PostgresAddress;
  beforeAll(async () => {
    server = await sharedPostgres();
    address = parseDatabase(await createMigratedDatabase()) as PostgresAddress;
  }, 60_000);

  const read = () => readPatiently(openAlone(address), askTenTimes, { silenceMs: SILENCE_MS });

  test("has a limit for each query, and none for all", async () => {
    expect(await read()).toBe(10);
  });

  test("ends when the server stands still", async () => {
    const reading = read();
    reading.catch(() => {});
    server.freeze();
    const begun = performance.now();
    await expect(reading).rejects.toMatchObject({ code: "too late" });
    expect(performance.now() - begun).toBeLessThan(2 * SILENCE_MS);
    server.thaw();
    expect(await read()).toBe(10);
  });
});
