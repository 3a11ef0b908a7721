import { openAndMigrate } from "../../db/sqlite/database_file.ts";
import { type Command, readArguments } from "./command_line.ts";
import { readDatabaseFile } from "./file_path.ts";
import { createShow, JSON_OPTION } from "./show.ts";

const USAGE = `foyer migrate [--json]

Applies the migrations that the database file lacks, as the start does: all of them, or, if one fails, none. A copy of
the file from before is made beside it; the next good backup deletes it. A missing file is created.

--json  Shows one JSON value`;

/** `foyer migrate`: migrates the database file, and says what it did. */
export const MIGRATE_COMMAND: Command = {
  summary: "Applies the migrations that the database file lacks",
  usage: USAGE,
  run: async (context, args) => {
    const { values } = readArguments(args, { usage: USAGE, count: 0, options: JSON_OPTION });
    const file = readDatabaseFile(context.env);
    context.showProgress("Migrates the database …");
    const { database, applied, copy } = migrate(file, () => context.showProgress(""));
    database.close(true);
    await createShow(context, values)({ file, applied, copy }, [
      ...applied.map((name) => `Applied ${name}.`),
      applied.length > 0
        ? `The database file ${file} is up to date.`
        : `The database file ${file} was up to date.`,
      ...(copy ? [`What it was before is in ${copy}, until the next good backup.`] : []),
    ]);
  },
};

function migrate(file: string, done: () => void) {
  try {
    return openAndMigrate(file);
  } finally {
    done();
  }
}
