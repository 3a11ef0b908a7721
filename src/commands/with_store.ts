import { existsSync } from "node:fs";

import type { AppStore } from "../../db/contract/app_store.ts";
import { DatabaseError } from "../../db/contract/store.ts";
import { openStore } from "../../db/open_store.ts";
import { openDatabaseFile } from "../../db/sqlite/database_file.ts";
import { readDatabaseAddress } from "../config.ts";
import { type CommandContext, CommandError } from "./command_line.ts";

const BUSY_TIMEOUT_MS = 5000;
/** Ending millions of sessions takes its time. */
const DEADLINE_MS = 600_000;

/**
 * Opens the database of a command's settings, runs `act`, and closes the database. Throws {@linkcode CommandError} if
 * there is none, unless the command may create it.
 */
export async function withStore(
  { env, random }: CommandContext,
  act: (store: AppStore) => Promise<void>,
  { mayCreate = false } = {},
): Promise<void> {
  const database = readDatabaseAddress(env);
  if (database.engine === "sqlite" && !mayCreate) requireFile(database.path);
  const store = await openStore(database, {
    random,
    openFile: openPatiently,
    deadlineMs: DEADLINE_MS,
  });
  try {
    await act(store);
  } catch (error) {
    throw error instanceof DatabaseError ? new CommandError(describe(error)) : error;
  } finally {
    await store.close();
  }
}

function requireFile(path: string): void {
  if (existsSync(path)) return;
  throw new CommandError(
    path === ":memory:"
      ? "DATABASE_URL=:memory: is the memory of the server, which no command can reach"
      : `There is no database at ${path}. Set DATABASE_URL as the server has it`,
  );
}

/** Nobody waits for a command but who runs it, so it waits longer than the server for its turn to write. */
function openPatiently(path: string) {
  const database = openDatabaseFile(path);
  database.run(`PRAGMA busy_timeout = ${BUSY_TIMEOUT_MS}`);
  return database;
}

function describe({ message }: DatabaseError): string {
  if (message.includes("BUSY")) return "Another process holds the lock of the database: try again";
  if (message.includes("DBMOVED")) return "The database file is no longer at its path";
  return message;
}
