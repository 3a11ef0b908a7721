import { readFileSync } from "node:fs";

import type { ReadVariable } from "./reader.ts";
import { withoutPassword } from "./values.ts";

/** Where the database is. */
export type DatabaseAddress = SqliteAddress | PostgresAddress;

/** A SQLite file, or `:memory:`. */
export interface SqliteAddress {
  readonly engine: "sqlite";
  readonly path: string;
}

/** A PostgreSQL, which many processes share. */
export interface PostgresAddress {
  readonly engine: "postgres";
  /** Without Foyer's own settings. It may hold a password. */
  readonly url: string;
  /** The same for people: `postgres://user@host:5432/name`. */
  readonly shown: string;
  /** How many connections a process has at most. */
  readonly connections: number;
  /** Behind pgbouncer in transaction mode: no statement is prepared by name, and no setting is sent at the connection. */
  readonly isPooled: boolean;
}

/** What people are shown of an address. */
export function showDatabase(database: DatabaseAddress): string {
  return database.engine === "sqlite" ? database.path : database.shown;
}

const DEFAULT: SqliteAddress = { engine: "sqlite", path: "foyer.db" };
const CONNECTIONS = 10;
const MOST_CONNECTIONS = 500;
const MOST_CHARACTERS = 4096;

/** Reads `DATABASE_URL`, or the file that `DATABASE_URL_FILE` names: a password is no secret in an environment. */
export function readDatabase(variable: ReadVariable): DatabaseAddress {
  const read = (path: string) => parseDatabase(readAddressFile(path));
  const inFile = variable<DatabaseAddress | null>("DATABASE_URL_FILE", read, null);
  const parse = inFile ? refuseBoth : parseDatabase;
  const direct = variable<DatabaseAddress | null>("DATABASE_URL", parse, null);
  return inFile ?? direct ?? DEFAULT;
}

function refuseBoth(): never {
  throw new TypeError("and DATABASE_URL_FILE are both set: choose one of them");
}

/** Parses `file:PATH`, `:memory:` or `postgres://…`. Throws a `TypeError` that holds no password. */
export function parseDatabase(text: string): DatabaseAddress {
  if (/^postgres(?:ql)?:/.test(text)) return parsePostgres(text);
  return { engine: "sqlite", path: databasePath(text) };
}

/** Parses `file:PATH` to the path; `:memory:` stays as it is. */
function databasePath(text: string): string {
  if (text === ":memory:") return text;
  const path = /^file:(?:\/\/(?=\/))?([^?#\0]+)$/.exec(text)?.[1];
  if (path?.trim() && !path.startsWith("//") && path !== ":memory:") return path;
  throw new TypeError(
    `must be file:PATH, :memory: or postgres://…, not "${withoutPassword(text)}"`,
  );
}

/** Parses `postgres://…?connection_limit=N&pgbouncer=true`. */
function parsePostgres(text: string): PostgresAddress {
  const url = URL.parse(text);
  const database = url && decode(url.pathname.slice(1));
  if (!url?.hostname || !database || database.includes("/")) {
    throw new TypeError("must be postgres://USER:PASSWORD@HOST:PORT/DATABASE");
  }
  const limit = take(url, "connection_limit") ?? String(CONNECTIONS);
  const connections = /^\d{1,3}$/.test(limit) ? Number(limit) : 0;
  if (connections < 1 || connections > MOST_CONNECTIONS) {
    throw new TypeError(`must have a connection_limit from 1 to ${MOST_CONNECTIONS}`);
  }
  const pgbouncer = take(url, "pgbouncer") ?? "false";
  if (pgbouncer !== "true" && pgbouncer !== "false") {
    throw new TypeError("must have pgbouncer=true or pgbouncer=false");
  }
  const user = url.username ? `${url.username}@` : "";
  return {
    engine: "postgres",
    url: url.href,
    shown: `postgres://${user}${url.hostname}:${url.port || 5432}/${database}`,
    connections,
    isPooled: pgbouncer === "true",
  };
}

/** Reads one of Foyer's own settings, and removes it. */
function take(url: URL, name: string): string | null {
  const value = url.searchParams.get(name);
  url.searchParams.delete(name);
  return value;
}

function decode(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

function readAddressFile(path: string): string {
  const text = readText(path).trim();
  if (text && text.length <= MOST_CHARACTERS) return text;
  throw new TypeError(
    `must name a file with one address, and ${path} is ${text ? "longer" : "empty"}`,
  );
}

function readText(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    throw new TypeError(
      `names ${path}, which cannot be read (${(error as { code?: string }).code})`,
    );
  }
}
