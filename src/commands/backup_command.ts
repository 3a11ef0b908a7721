import { rmSync } from "node:fs";
import { join } from "node:path";

import { auditWithoutActor } from "../../db/contract/audit.ts";
import { type Backup, makeBackup } from "../../db/sqlite/backup.ts";
import { DatabaseFileError, describeFailure } from "../../db/sqlite/check_file.ts";
import { findCopiesBefore } from "../../db/sqlite/copy_before.ts";
import { readDatabaseAddress } from "../config.ts";
import { deleteOldBackups, nameBackup } from "./backup_folder.ts";
import {
  type Command,
  type CommandContext,
  CommandError,
  readArguments,
  UsageError,
} from "./command_line.ts";
import { isFolder, readDatabaseFile, readPath, requireApart, requireFree } from "./file_path.ts";
import { doLongWork } from "./long_work.ts";
import { describeDump } from "./postgres_programs.ts";
import { createShow, JSON_OPTION } from "./show.ts";
import { withStore } from "./with_store.ts";

const USAGE = `foyer backup FILE|FOLDER [--keep N] [--json]

Makes a backup of the database file while Foyer runs. The backup is opened and verified, and only then gets its name;
no file is replaced. It holds everybody's data, so only its owner can read it.

In a FOLDER, it is called foyer-DATE.db.

Of a PostgreSQL it makes none, and names the line of pg_dump that does.

--keep N  Afterwards keeps the newest N backups in FOLDER, the new one among them, and deletes the older ones
--json    Shows one JSON value; times are in milliseconds since 1970`;

const STEPS = { copying: "Copies the database …", verifying: "Opens and verifies the copy …" };

/** `foyer backup`: makes a good backup, beside a server. */
export const BACKUP_COMMAND: Command = {
  summary: "Makes a backup while Foyer runs, and verifies it",
  usage: USAGE,
  run: async (context, args) => {
    const options = { keep: { type: "string" }, ...JSON_OPTION } as const;
    const { values, positionals } = readArguments(args, { usage: USAGE, count: 1, options });
    const keep = readKeep(values.keep);
    refuseServer(context, positionals[0] ?? "");
    const source = readDatabaseFile(context.env);
    const target = findTarget(positionals[0] ?? "", { keep, source, now: context.now() });
    const backup = await backUp(context, { source, target });
    const { deleted, copies } = cleanUp(target, { keep, source, now: context.now() });
    const { audit, bytes } = backup;
    const found = {
      file: target,
      at: backup.at,
      bytes,
      events: audit.events,
      head: audit.head,
      deleted: [...deleted, ...copies],
    };
    await createShow(context, values)(found, [
      `The backup ${target} is good: ${bytes} bytes, opened and verified.`,
      ...(audit.head ? [`The hash of the last event in its audit log is ${audit.head}.`] : []),
      ...deleted.map((path) => `Deleted the older backup ${path}.`),
      ...copies.map((path) => `Deleted the copy from before the last upgrade, ${path}.`),
    ]);
  },
};

/** A backup of a PostgreSQL is made by its own program. Throws {@linkcode CommandError}, so that no timer takes it for one. */
function refuseServer({ env, now }: CommandContext, argument: string): void {
  const database = readDatabaseAddress(env);
  if (database.engine === "sqlite") return;
  const named = readPath(argument);
  const name = nameBackup(now()).replace(/\.db$/, ".dump");
  throw new CommandError(describeDump(database, isFolder(named) ? join(named, name) : named));
}

function readKeep(text: string | undefined): number | null {
  if (text === undefined) return null;
  if (/^[1-9]\d{0,5}$/.test(text)) return Number(text);
  throw new UsageError(USAGE, `--keep must be a number from 1 on, not "${text}"`);
}

interface TargetOptions {
  keep: number | null;
  source: string;
  now: number;
}

function findTarget(argument: string, { keep, source, now }: TargetOptions): string {
  const named = readPath(argument);
  const isInFolder = isFolder(named);
  if (keep !== null && !isInFolder) {
    throw new CommandError(`--keep needs a folder, and ${named} is not one`);
  }
  const target = isInFolder ? join(named, nameBackup(now)) : named;
  requireFree(target);
  requireApart(target, source);
  return target;
}

async function backUp(
  context: CommandContext,
  files: { source: string; target: string },
): Promise<Backup> {
  const { now, random } = context;
  const interrupted = "Interrupted: no backup was made";
  const backup = await doLongWork(context, interrupted, (next) =>
    makeBackup({ ...files, now, random, nextStep: (step) => next(STEPS[step]) }),
  ).catch((error: Error) => {
    if (error instanceof DatabaseFileError || error instanceof CommandError) throw error;
    throw new CommandError(`No backup ${files.target} was made: ${describeFailure(error)}`);
  });
  await withStore(context, (store) =>
    store.recordBackup(backup.at, auditWithoutActor(context.now())),
  ).catch((error: Error) => {
    throw new CommandError(
      `The backup ${files.target} is good, but the database could not note it. ${error.message}`,
    );
  });
  return backup;
}

/** What a good backup makes superfluous. */
function cleanUp(target: string, { keep, source, now }: TargetOptions) {
  try {
    const deleted = keep === null ? [] : deleteOldBackups(target, { keep, now });
    const copies = findCopiesBefore(source);
    for (const copy of copies) rmSync(copy, { force: true });
    return { deleted, copies };
  } catch (error) {
    const { path = "" } = error as { path?: string };
    throw new CommandError(
      `The backup ${target} is good, but ${path} could not be deleted: ${describeFailure(error)}`,
    );
  }
}
