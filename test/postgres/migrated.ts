import { openStore } from "../../db/open_store.ts";
import { parseDatabase } from "../../src/config/database.ts";
import { MACHINE } from "../../src/machine.ts";
import { sharedPostgres } from "./server.ts";

/** Longer than Foyer waits: on a busy machine, only tests of that are about it. */
export const PATIENT = { deadlineMs: 20_000 };

let template: Promise<string> | null = null;

/** Creates a database with Foyer's tables in the PostgreSQL of this test file, and returns its address. */
export async function createMigratedDatabase(): Promise<string> {
  const server = await sharedPostgres();
  template ??= migrateOne();
  return server.createDatabase({ template: await template });
}

/** The same for one of many applications in a test file: a pool opens all its connections at once. */
export async function createSmallDatabase(): Promise<string> {
  return `${await createMigratedDatabase()}?connection_limit=2`;
}

async function migrateOne(): Promise<string> {
  const server = await sharedPostgres();
  const address = await server.createDatabase();
  await (await openStore(parseDatabase(address), MACHINE)).close();
  return address;
}
