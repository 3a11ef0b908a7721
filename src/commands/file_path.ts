import { existsSync, lstatSync, realpathSync, type Stats, statSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";

import { describeFailure } from "../../db/sqlite/check_file.ts";
import { type Environment, readDatabaseAddress } from "../config.ts";
import { CommandError } from "./command_line.ts";

/** What SQLite keeps beside a database. */
const BESIDE = ["-wal", "-shm", "-journal"];

/** The database file of the settings. Throws {@linkcode CommandError} if they name none. */
export function readDatabaseFile(env: Environment): string {
  const database = readDatabaseAddress(env);
  if (database.engine !== "sqlite") {
    throw new CommandError("DATABASE_URL is a PostgreSQL, so there is no database file");
  }
  if (database.path !== ":memory:") return resolve(database.path);
  throw new CommandError("DATABASE_URL is :memory:, so there is no database file");
}

/** The whole path of a file that an argument names. Throws {@linkcode CommandError} for what is no path. */
export function readPath(argument: string): string {
  if (argument === ":memory:" || argument.startsWith("file:")) {
    throw new CommandError(`${argument} is not a path: name the file alone`);
  }
  return resolve(argument);
}

/** Whether a folder is at `path`. */
export function isFolder(path: string): boolean {
  return look(path, statSync)?.isDirectory() ?? false;
}

/**
 * Throws {@linkcode CommandError} unless a database can be written to `path`: its folder is there, and neither a file
 * nor what SQLite would take for a part of it.
 */
export function requireFree(path: string): void {
  const folder = dirname(path);
  const stats = look(folder, statSync);
  if (!stats) throw new CommandError(`The folder ${folder} does not exist`);
  if (!stats.isDirectory()) throw new CommandError(`${folder} is not a folder`);
  // Also a link that leads nowhere.
  if (look(path, lstatSync))
    throw new CommandError(`${path} is there already. No file is replaced`);
  const stray = BESIDE.map((suffix) => path + suffix).find((name) => look(name, lstatSync));
  if (stray) {
    throw new CommandError(
      `${stray} is there, which SQLite would take for a part of ${path}. Move it away first`,
    );
  }
  const part = `${path}.part`;
  if (!look(part, lstatSync)) return;
  throw new CommandError(
    `${part} is there: another command writes it, or was killed. If none runs, delete it`,
  );
}

/** Throws {@linkcode CommandError} if `path` is a place that SQLite keeps for the database at `database`. */
export function requireApart(path: string, database: string): void {
  const places = [database, realPath(database)];
  const reserved = places.flatMap((place) => BESIDE.map((suffix) => place + suffix));
  if (![path, realPath(path)].some((one) => reserved.includes(one))) return;
  throw new CommandError(`${path} belongs to the database file ${database}`);
}

/** The path without links, also where no file is yet. */
function realPath(path: string): string {
  try {
    return existsSync(path)
      ? realpathSync(path)
      : join(realpathSync(dirname(path)), basename(path));
  } catch {
    return path;
  }
}

function look(path: string, read: typeof statSync | typeof lstatSync): Stats | undefined {
  try {
    return read(path, { throwIfNoEntry: false });
  } catch (error) {
    throw new CommandError(`${path} cannot be used: ${describeFailure(error)}`);
  }
}
