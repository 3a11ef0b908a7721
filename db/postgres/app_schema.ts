import type { AnyAppTable } from "../table.ts";
import { TABLES } from "../tables.ts";
import { POSTGRES } from "./columns.ts";
import { TABLES_IN_POSTGRES } from "./schema.ts";

const defined = Object.entries<AnyAppTable>(TABLES).map(([name, table]) => [
  name,
  table.define(POSTGRES, TABLES_IN_POSTGRES),
]);

// The application's tables in PostgreSQL, for Drizzle's migrations: it takes them from a file's exports. Which they are stands
// in db/tables.ts alone.
module.exports = Object.fromEntries(defined);
