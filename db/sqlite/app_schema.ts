// The application's tables in SQLite, for Drizzle's migrations. It takes tables from a file's exports, and which they
// are stands in db/tables.ts alone.
const { TABLES } = require("../tables.ts") as typeof import("../tables.ts");
const { SQLITE } = require("../schema/columns.ts") as typeof import("../schema/columns.ts");
const { TABLES_IN_SQLITE } = require("./schema.ts") as typeof import("./schema.ts");

module.exports = Object.fromEntries(
  Object.entries(TABLES).map(([name, table]) => [name, table.define(SQLITE, TABLES_IN_SQLITE)]),
);
