import type { DatabaseAddress } from "../src/config/database.ts";
import type { Random } from "../src/machine.ts";
import type { AppStore } from "./contract/app_store.ts";
import type { PostgresOptions } from "./postgres/open_postgres.ts";
import type { StoreOptions } from "./sqlite/open_sqlite.ts";
import { openSqlite } from "./sqlite/open_sqlite.ts";

/** Where the store takes ids and salts from, and who is told what it does. */
export interface OpenOptions
  extends Pick<StoreOptions, "openFile" | "onWrite">, Pick<PostgresOptions, "deadlineMs"> {
  random: Random;
  /** Is told the names of the migrations that a database with data got, and where its copy from before is. */
  onMigrated?: (migrated: { applied: string[]; copy: string | null }) => void;
}

/** Opens the store, and migrates it. Throws `DatabaseFileError` or `DatabaseServerError` if it cannot be used. */
export async function openStore(
  database: DatabaseAddress,
  options: OpenOptions,
): Promise<AppStore> {
  if (database.engine === "sqlite") return openSqlite(database.path, options);
  // Only who has a PostgreSQL loads its driver.
  const { openPostgres } = await import("./postgres/open_postgres.ts");
  return openPostgres(database, options);
}
