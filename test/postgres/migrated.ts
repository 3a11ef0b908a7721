import { openStore } from "../../db/open_store.ts";
import { parseDatabase } from "../../src/config/database.ts";
import { MACHINE } from "../../src/machine.ts";
import { sharedPostgres } from "./server.ts";

let template: Promise<string> | null = null;

/** Creates a database with Foyer's tables in the PostgreSQL of this test file, and returns its address. */
export async function createMigratedDatabase(): Promise<string> {
  const server = await sharedPostgres();
  template ??= migrateOne();
  return server.createDatabase({ template: await template });
}

async function migrateOne(): Promise<string> {
  const server = await sharedPostgres();
  const address = await server.createDatabase();
  await (await openStore(parseDatabase(address), MACHINE)).close();
  return address;
}
