import type { AnyAppTable } from "../table.ts";
import { TABLES } from "../tables.ts";
import { SQLITE } from "./columns.ts";
import { TABLES_IN_SQLITE } from "./schema.ts";

const defined = Object.entries<AnyAppTable>(TABLES).map(([name, table]) => [
  name,
  table.define(SQLITE, TABLES_IN_SQLITE),
]);

// The application's tables in SQLite, for Drizzle's migrations: it takes them from a file's exports. Which they are stands
// in db/tables.ts alone.
module.exports = Object.fromEntries(defined);
