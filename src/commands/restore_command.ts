import {
  type BroughtBack,
  findBroughtBack,
  IncomparableError,
} from "../../db/sqlite/brought_back.ts";
import {
  checkExistingFile,
  DatabaseFileError,
  describeFailure,
} from "../../db/sqlite/check_file.ts";
import { restoreBackup, type Restored } from "../../db/sqlite/restore.ts";
import { CLOCK_TOLERANCE_S } from "../auth/clock.ts";
import { type Environment, readDatabaseAddress } from "../config.ts";
import {
  type Command,
  type CommandContext,
  CommandError,
  optionsOf,
  readArguments,
} from "./command_line.ts";
import { describeBroughtBack } from "./describe_brought_back.ts";
import { readDatabaseFile, readPath, requireFree } from "./file_path.ts";
import { describeFinished, finishRestore } from "./finish_restore.ts";
import { doLongWork } from "./long_work.ts";
import { describeRestore } from "./postgres_programs.ts";
import { createShow, JSON_OPTION } from "./show.ts";

const USAGE = `foyer restore FILE [--compare OLDFILE] [--json]
       foyer restore --finish [--json]

Restores the backup FILE to the place that DATABASE_URL names. Stop Foyer first, and move the old file away with its
-wal and -shm: no file is replaced. FILE is verified, stays as it is, and may be of an older version.

All sessions are ended. Sign-ins that Google confirmed before the restore are refused, because what was used or revoked
since the backup is not in it; so nobody can sign in during the first minute.

People who were deleted or disabled since the backup are back as they were. Nothing in the backup tells who they are.

Of a PostgreSQL it restores none, and names the line of pg_restore that does.

--compare OLDFILE  The file that the backup replaces, or another later one: lists the deletions, disables, removed admin
                   roles and invitations that the restore takes back. OLDFILE stays as it is
--finish           Only ends all sessions and refuses older sign-ins, in a database that another program has restored
--json             Shows one JSON value`;

const STEPS = { copying: "Copies the backup …", verifying: "Verifies the copy …" };

/** `foyer restore`: puts a backup in the place of a database file that is gone. */
export const RESTORE_COMMAND: Command = {
  summary: "Restores a backup to where no database file is, and ends all sessions",
  usage: USAGE,
  run: async (context, args) => {
    if (optionsOf(args).includes("--finish")) {
      return await finishRestore(context, { args, usage: USAGE });
    }
    const options = { compare: { type: "string" }, ...JSON_OPTION } as const;
    const { values, positionals } = readArguments(args, { usage: USAGE, count: 1, options });
    refuseServer(context.env, positionals[0] ?? "");
    const target = readDatabaseFile(context.env);
    const backup = readPath(positionals[0] ?? "");
    const later = values.compare === undefined ? null : readPath(values.compare);
    requireFree(target);
    if (later) checkExistingFile(later, { mayBeNewer: true });
    const restored = await restore(context, { backup, target });
    const { broughtBack, unknown } = compare(target, later);
    const { applied, endedSessions, lastEventAt, refuseTokensUntil } = restored;
    await createShow(context, values)(
      {
        file: target,
        backup,
        applied,
        endedSessions,
        lastEventAt,
        refuseTokensUntil,
        broughtBack,
        unknown,
      },
      [...describe(restored, { backup, target }), ...describeBroughtBack(broughtBack, unknown)],
    );
  },
};

/** Its own program restores a PostgreSQL. */
function refuseServer(env: Environment, argument: string): void {
  const database = readDatabaseAddress(env);
  if (database.engine === "sqlite") return;
  throw new CommandError(describeRestore(database, readPath(argument)));
}

function restore(
  context: CommandContext,
  files: { backup: string; target: string },
): Promise<Restored> {
  const { now, random } = context;
  const clockToleranceMs = CLOCK_TOLERANCE_S * 1000;
  return doLongWork(context, "Interrupted: nothing was restored", (next) =>
    restoreBackup({
      ...files,
      now,
      random,
      clockToleranceMs,
      nextStep: (step) => next(STEPS[step]),
    }),
  ).catch((error: Error) => {
    if (error instanceof DatabaseFileError || error instanceof CommandError) throw error;
    throw new CommandError(`${files.target} was not restored: ${describeFailure(error)}`);
  });
}

/** What came back, or why that is unknown. The file is restored in any case. */
function compare(
  target: string,
  later: string | null,
): { broughtBack: BroughtBack | null; unknown: string | null } {
  if (!later) return { broughtBack: null, unknown: "no later file was named with --compare" };
  try {
    return { broughtBack: findBroughtBack(target, later), unknown: null };
  } catch (error) {
    if (!(error instanceof IncomparableError)) throw error;
    return { broughtBack: null, unknown: `${later} does not tell: ${error.message}` };
  }
}

function describe(
  { lastEventAt, applied, endedSessions, refuseTokensUntil }: Restored,
  { backup, target }: { backup: string; target: string },
): string[] {
  return [
    `Restored ${backup} to ${target}, and verified it.`,
    ...(lastEventAt === null
      ? []
      : [`Its last event is from ${new Date(lastEventAt).toISOString()}.`]),
    ...(applied.length > 0 ? [`Applied ${applied.join(", ")}.`] : []),
    describeFinished({ endedSessions, refuseTokensUntil }),
  ];
}
