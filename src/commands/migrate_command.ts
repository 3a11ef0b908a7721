import { openAndMigrate } from "../../db/sqlite/database_file.ts";
import type { Migrated } from "../../db/sqlite/migrate.ts";
import { findMissingMigrations } from "../../db/sqlite/missing_migrations.ts";
import { type Environment, readDatabaseAddress } from "../config.ts";
import type { PostgresAddress } from "../config/database.ts";
import { type Command, readArguments } from "./command_line.ts";
import { readDatabaseFile } from "./file_path.ts";
import { createShow, JSON_OPTION } from "./show.ts";

const USAGE = `foyer migrate [--dry-run] [--json]

Applies the migrations that the database lacks, as the start does: all of them, or, if one fails, none. Of a file, a copy
from before is made beside it; the next good backup deletes it. A missing file is created.

--dry-run  Changes nothing, and says what it would apply
--json     Shows one JSON value`;

const OPTIONS = { "dry-run": { type: "boolean", default: false }, ...JSON_OPTION } as const;

/** `foyer migrate`: migrates the database, and says what it did. */
export const MIGRATE_COMMAND: Command = {
  summary: "Applies the migrations that the database lacks",
  usage: USAGE,
  run: async (context, args) => {
    const { values } = readArguments(args, { usage: USAGE, count: 0, options: OPTIONS });
    const { what, where, findMissing, migrate } = findDatabase(context.env);
    const show = createShow(context, values);
    if (values["dry-run"]) {
      const missing = await findMissing();
      const lines = missing.map((name) => `Would apply ${name}.`);
      return await show(
        { ...what, missing },
        lines.length > 0 ? lines : [`${where} is up to date.`],
      );
    }
    context.showProgress("Migrates the database …");
    const { applied, copy } = await migrate().finally(() => context.showProgress(""));
    await show({ ...what, applied, copy }, [
      ...applied.map((name) => `Applied ${name}.`),
      `${where} ${applied.length > 0 ? "is" : "was"} up to date.`,
      ...(copy ? [`What it was before is in ${copy}, until the next good backup.`] : []),
    ]);
  },
};

/** What can be migrated. */
interface Migratable {
  what: { file: string } | { database: string };
  where: string;
  findMissing(): Promise<string[]>;
  migrate(): Promise<Migrated>;
}

function findDatabase(env: Environment): Migratable {
  const database = readDatabaseAddress(env);
  if (database.engine === "postgres") return onServer(database);
  const file = readDatabaseFile(env);
  return {
    what: { file },
    where: `The database file ${file}`,
    findMissing: async () => findMissingMigrations(file),
    async migrate() {
      const { database, ...migrated } = openAndMigrate(file);
      database.close(true);
      return migrated;
    },
  };
}

function onServer(address: PostgresAddress): Migratable {
  // Only who has a PostgreSQL loads its driver.
  const load = () => import("../../db/postgres/migrate.ts");
  return {
    what: { database: address.shown },
    where: `The database ${address.shown}`,
    findMissing: async () => (await load()).findMissingMigrations(address),
    migrate: async () => ({ applied: await (await load()).migrateServer(address), copy: null }),
  };
}
