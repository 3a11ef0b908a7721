import { DatabaseFileError } from "../db/database_file.ts";
import { ConfigError } from "./config.ts";
import { ListenError } from "./listen_error.ts";

/** Ends the process because of `error`: with 2 for a wrong setting, else with 1, and one plain message if it is known. */
export function exitWith(error: unknown): never {
  const isKnown = [ConfigError, DatabaseFileError, ListenError].some(
    (kind) => error instanceof kind,
  );
  console.error(isKnown ? (error as Error).message : error);
  process.exit(error instanceof ConfigError ? 2 : 1);
}
