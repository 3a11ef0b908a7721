import { readAddressFile } from "./address_file.ts";
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
  // URLs lose line breaks without a word: two addresses would be one.
  const url = /[\s\0]/.test(text) ? null : URL.parse(text);
  const database = url && decode(url.pathname.slice(1));
  if (!url?.hostname || !database || database.includes("/") || url.hash) {
    throw new TypeError(
      "must be postgres://USER:PASSWORD@HOST:PORT/DATABASE, with # / @ in the password as %23 %2F %40",
    );
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
  requireKnown(url.searchParams);
  const user = url.username ? `${url.username}@` : "";
  return {
    engine: "postgres",
    url: url.href,
    shown: `postgres://${user}${url.hostname}:${url.port || 5432}/${database}`,
    connections,
    isPooled: pgbouncer === "true",
  };
}

/** What else an address may say, by libpq's names. Anything else would go to the server, or hide a password. */
const PARAMETERS = ["sslmode", "sslrootcert", "sslcert", "sslkey", "channel_binding"];
const TLS_MODES = ["disable", "allow", "prefer", "require", "verify-ca", "verify-full"];

function requireKnown(parameters: URLSearchParams): void {
  const unknown = [...parameters.keys()].find((name) => !PARAMETERS.includes(name));
  if (unknown !== undefined) {
    const known = ["connection_limit", "pgbouncer", ...PARAMETERS].join(", ");
    throw new TypeError(`has the parameter ${unknown}, which is none of ${known}`);
  }
  const mode = parameters.get("sslmode");
  if (mode === null || TLS_MODES.includes(mode)) return;
  throw new TypeError(`has another sslmode than ${TLS_MODES.join(", ")}`);
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
