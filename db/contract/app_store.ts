import type { OpenTables } from "../table.ts";
import type { TABLES } from "../tables.ts";
import type { Store } from "./store.ts";

/** The store with the application's tables. */
export interface AppStore extends Store {
  tables: OpenTables<typeof TABLES>;
}
