import { DatabaseServerError } from "../db/contract/database_server_error.ts";
import { DatabaseFileError } from "../db/sqlite/check_file.ts";
import { CommandError, UsageError } from "./commands/command_line.ts";
import { GoogleRiscError } from "./commands/google_risc_key.ts";
import { safeLines } from "./commands/safe_text.ts";
import { ConfigError } from "./config.ts";
import { ListenError } from "./process/listen.ts";
import { OutputClosedError } from "./process/terminal.ts";

/** Errors that need only their message, without a stack trace. */
const KNOWN = [
  ConfigError,
  UsageError,
  CommandError,
  DatabaseFileError,
  DatabaseServerError,
  ListenError,
  GoogleRiscError,
];

/** Prints `error` and exits: with 2 for a wrong setting or wrong arguments, else with 1. */
export function exitWith(error: unknown): never {
  // Whoever reads the output has what they want.
  if (error instanceof OutputClosedError) process.exit(0);
  const isKnown = KNOWN.some((kind) => error instanceof kind);
  console.error(isKnown ? safeLines((error as Error).message) : error);
  process.exit(error instanceof ConfigError || error instanceof UsageError ? 2 : 1);
}
