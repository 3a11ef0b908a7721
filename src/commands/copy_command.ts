import { CopyError, type CopyOptions } from "../../db/copy/copy.ts";
import type { Copied } from "../../db/copy/copy_database.ts";
import { readDatabaseAddress } from "../config.ts";
import {
  type DatabaseAddress,
  parseDatabase,
  type PostgresAddress,
  showDatabase,
} from "../config/database.ts";
import { storedText } from "../stored_text.ts";
import {
  type Command,
  type CommandContext,
  CommandError,
  readArguments,
  UsageError,
} from "./command_line.ts";
import { doLongWork } from "./long_work.ts";
import { createShow, JSON_OPTION } from "./show.ts";

const USAGE = `foyer copy --from file:PATH [--to ADDRESS] [--clean-names] [--json]

Copies a SQLite file into an empty PostgreSQL: people, sessions, invitations, the audit log, the application's tables.
Stop Foyer first; the file is locked meanwhile, and stays as it is. The PostgreSQL is migrated. Every row is read back
and compared; on any difference, mistake or interruption nothing is left there.

Sessions are copied, too, so nobody signs in again. Afterwards, start Foyer with the new address only.

--from file:PATH  The SQLite file
--to ADDRESS      postgres://…, without a password: every user of the machine sees arguments. Without --to, the address is
                  DATABASE_URL or in DATABASE_URL_FILE
--clean-names     Replaces what PostgreSQL cannot store in names and addresses by the character U+FFFD
--json            Shows one JSON value`;

const OPTIONS = {
  from: { type: "string", default: "" },
  to: { type: "string" },
  "clean-names": { type: "boolean", default: false },
  ...JSON_OPTION,
} as const;

/** `foyer copy`: from one file to many machines. */
export const COPY_COMMAND: Command = {
  summary: "Copies a SQLite file into an empty PostgreSQL, and compares every row",
  usage: USAGE,
  run: async (context, args) => {
    const { values } = readArguments(args, { usage: USAGE, count: 0, options: OPTIONS });
    const source = readSource(values.from);
    const target = readTarget(values.to, context);
    const clean = values["clean-names"] ? storedText : null;
    const copied = await copy(context, { source, target, clean });
    const found = { from: source, to: target.shown, ...copied };
    await createShow(context, values)(found, describe(copied, { source, target }));
  },
};

function readSource(text: string): string {
  if (text === "") throw new UsageError(USAGE);
  const source = parse("from", text);
  if (source.engine === "sqlite" && source.path !== ":memory:") return source.path;
  throw new CommandError("--from must be a SQLite file, such as file:foyer.db");
}

function readTarget(text: string | undefined, { env }: CommandContext): PostgresAddress {
  const target = text === undefined ? readDatabaseAddress(env) : parse("to", text);
  if (target.engine === "sqlite") {
    const what = text === undefined ? "Without --to, DATABASE_URL or DATABASE_URL_FILE" : "--to";
    throw new CommandError(`${what} must be a PostgreSQL, not ${showDatabase(target)}`);
  }
  if (text === undefined || new URL(target.url).password === "") return target;
  throw new CommandError(
    "--to has a password, which every user of this machine can see among the arguments. Change it, and put the address into DATABASE_URL or DATABASE_URL_FILE, without --to",
  );
}

function parse(option: string, text: string): DatabaseAddress {
  try {
    return parseDatabase(text);
  } catch (error) {
    throw new CommandError(`--${option} ${(error as Error).message}`);
  }
}

const STEPS = { reading: "Reads", writing: "Writes", comparing: "Compares" };

async function copy(
  context: CommandContext,
  options: Omit<CopyOptions, "nextStep">,
): Promise<Copied> {
  // Only who has a PostgreSQL loads its driver.
  const { copyDatabase } = await import("../../db/copy/copy_database.ts");
  return doLongWork(context, "Interrupted: nothing was copied", (next) =>
    copyDatabase({
      ...options,
      nextStep: (step, { table, rows }) => next(`${STEPS[step]} ${table}: ${rows} rows …`),
    }),
  ).catch((error: Error) => {
    if (!(error instanceof CopyError)) throw error;
    throw new CommandError(`Nothing was copied to ${options.target.shown}: ${error.message}`);
  });
}

function describe(
  { rows, head, cleaned, left }: Copied,
  { source, target }: { source: string; target: PostgresAddress },
): string[] {
  const counts = Object.entries(rows);
  const total = counts.reduce((sum, [, count]) => sum + count, 0);
  const width = Math.max(...counts.map(([name]) => name.length));
  return [
    `Copied ${source} to ${target.shown}: ${total} rows, each read back and compared.`,
    ...counts.map(([name, count]) => `  ${name.padEnd(width)}  ${count}`),
    ...(cleaned > 0 ? [`Cleaned ${cleaned} names.`] : []),
    ...left.map((name) => `Not copied: the table ${name}, which db/tables.ts does not name.`),
    ...(head.seq > 0 ? [`Event ${head.seq} is the last one. Its hash is ${head.hash}.`] : []),
    `Now start Foyer with the new address, and move ${source} away: whoever starts on it goes another way.`,
  ];
}
