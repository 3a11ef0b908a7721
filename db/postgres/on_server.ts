import type { SQL } from "bun";

import type { PostgresAddress } from "../../src/config/database.ts";
import { DatabaseServerError } from "../contract/database_server_error.ts";
import { openAlone } from "./connection.ts";
import { codeOf } from "./errors.ts";

/**
 * Works on a connection of its own, however long it takes. Throws {@linkcode DatabaseServerError} for what PostgreSQL
 * says and for plain errors; those with a name of their own stay as they are.
 */
export async function onServer<T>(
  address: PostgresAddress,
  work: (sql: SQL) => Promise<T>,
): Promise<T> {
  const sql = openAlone(address);
  try {
    return await work(sql);
  } catch (error) {
    const reason = describe(error);
    throw reason === null ? error : new DatabaseServerError(address.shown, reason);
  } finally {
    await sql.close({ timeout: 1 });
  }
}

/** Why PostgreSQL cannot be used, without a bound value; `null` if it is not PostgreSQL that fails. */
function describe(error: unknown): string | null {
  const code = codeOf(error);
  const { name, message } = error as Error;
  if (code === name) return name === "Error" ? message : null;
  return REASONS[code] ?? `PostgreSQL failed: ${code}`;
}

const REASONS: Record<string, string> = {
  ERR_POSTGRES_CONNECTION_REFUSED: "nobody listens there, or no machine has that name",
  ERR_POSTGRES_CONNECTION_TIMEOUT: "it does not answer",
  ERR_POSTGRES_CONNECTION_CLOSED: "it has closed the connection",
  ERR_POSTGRES_TLS_NOT_AVAILABLE: "it has no TLS, which the address asks for",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "no authority that is known here has signed its certificate",
  DEPTH_ZERO_SELF_SIGNED_CERT: "it has signed its certificate itself",
  ERR_TLS_CERT_ALTNAME_INVALID: "its certificate is for another name",
  CERT_HAS_EXPIRED: "its certificate has expired",
  ERR_INVALID_ARG_TYPE: "a file of certificates in the address cannot be read",
  "28P01": "the password is wrong",
  "28000": "the user may not sign in",
  "3D000": "there is no such database",
  "42501": "the user may not create tables there",
  "42P07": "it has tables of another program",
  "3F000": "the user has no schema for its tables there (search_path)",
  "25006": "it is read-only",
  "53300": "it has no connection left",
  "55P03": "another transaction holds its tables",
  "57P03": "it is starting up or shutting down",
};
