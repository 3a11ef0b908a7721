import { DatabaseServerError } from "../../../db/contract/database_server_error.ts";
import type { ServerState } from "../../../db/postgres/server_state.ts";
import type { PostgresAddress } from "../../config/database.ts";
import { isLoopback } from "../../config/values.ts";
import { type Finding, findingsOf } from "./finding.ts";

const database = findingsOf("database");
const connections = findingsOf("connections");
const tls = findingsOf("database tls");
const events = findingsOf("events");
const backup = findingsOf("backup");

const MIB = 1_048_576;
/** They are chained every 100 ms. */
const LATE_MS = 10_000;

/** Checks a PostgreSQL as Foyer's role reaches it. Changes nothing. */
export async function checkPostgres(address: PostgresAddress, now: number): Promise<Finding[]> {
  // Only who has a PostgreSQL loads its driver.
  const { readServerState } = await import("../../../db/postgres/server_state.ts");
  const { findMissingMigrations } = await import("../../../db/postgres/migrate.ts");
  try {
    const state = await readServerState(address);
    const missing = await findMissingMigrations(address);
    return judgePostgres(address, { state, missing, now });
  } catch (error) {
    if (!(error instanceof DatabaseServerError)) throw error;
    return [database.problem(error.message, "Correct the address, the network or the server")];
  }
}

/** What was found, and the names of the migrations that are missing. */
interface Found {
  state: ServerState;
  missing: string[];
  now: number;
}

/** Says what is well and what is not. */
export function judgePostgres(address: PostgresAddress, found: Found): Finding[] {
  const { state, now } = found;
  return [
    ...checkState(address, found),
    ...checkTls(address, state),
    checkConnections(address, state),
    ...checkTimeouts(address, state),
    ...checkPending(state, now),
    backup.ok("PostgreSQL makes them, and Foyer does not know when the last one was made"),
  ];
}

function checkState({ shown }: PostgresAddress, { state, missing }: Found): Finding[] {
  const { version, bytes, isReadOnly, isSuperuser, settings } = state;
  const findings: Finding[] = [];
  if (isReadOnly) {
    findings.push(database.problem("It takes no writes", "Name the primary, and not a replica"));
  }
  for (const name of ["fsync", "full_page_writes", "synchronous_commit"] as const) {
    if (settings[name] !== "off") continue;
    const text = `${name} is off: after a crash, who was disabled may be enabled again`;
    findings.push(database.warning(text, `Set ${name} = on`));
  }
  if (isSuperuser) {
    findings.push(
      database.warning("Foyer is a superuser there", "Give it a role that owns its database only"),
    );
  }
  const upgrade = missing.length > 0 ? "; the next start upgrades it" : "";
  const size = `${Math.ceil(bytes / MIB)} MiB`;
  return [database.ok(`${shown} is PostgreSQL ${version}, ${size}${upgrade}`), ...findings];
}

/** Whether others on the way can read or change what is said. */
function checkTls({ url, isPooled }: PostgresAddress, { isEncrypted }: ServerState): Finding[] {
  const { hostname, searchParams } = new URL(url);
  if (isLoopback(hostname)) return [];
  const mode = searchParams.get("sslmode") ?? "disable";
  const cure = "Add sslmode=verify-full to the address, and sslrootcert=PATH for a CA of your own";
  // What PostgreSQL says is about pgbouncer's connection.
  const isClear = isPooled ? ["disable", "allow", "prefer"].includes(mode) : !isEncrypted;
  if (isClear) return [tls.problem("The network carries everybody's data in clear text", cure)];
  if (mode.startsWith("verify-")) return [tls.ok(`The certificate is verified (${mode})`)];
  return [tls.warning(`The certificate is not verified (sslmode=${mode})`, cure)];
}

function checkConnections(address: PostgresAddress, state: ServerState): Finding {
  const { connections: most, isPooled } = address;
  const { maxConnections, connections: used } = state;
  if (isPooled) return connections.ok(`A process has at most ${most}, through pgbouncer`);
  const cure = "Lower connection_limit, or raise max_connections";
  const text = `A process has at most ${most} of ${maxConnections}, and ${used} are in use`;
  if (most > maxConnections) return connections.problem(text, cure);
  return maxConnections - used < most
    ? connections.warning(`${text}: one more process does not fit`, cure)
    : connections.ok(text);
}

/** Foyer sets its own, except through pgbouncer, which accepts none. */
function checkTimeouts({ isPooled }: PostgresAddress, { settings }: ServerState): Finding[] {
  if (!isPooled) return [connections.ok("Foyer's own timeouts are set on each")];
  const limits = { statement_timeout: "2s", idle_in_transaction_session_timeout: "10s" } as const;
  const missing = Object.entries(limits).filter(
    ([name]) => settings[name as keyof typeof limits] === "0",
  );
  return missing.map(([name, limit]) =>
    connections.warning(
      `${name} is off: nothing ends what nobody waits for any more`,
      `ALTER ROLE … SET ${name} = '${limit}'`,
    ),
  );
}

function checkPending({ oldestPendingAt }: ServerState, now: number): Finding[] {
  if (oldestPendingAt === null || now - oldestPendingAt < LATE_MS) return [];
  const seconds = Math.round((now - oldestPendingAt) / 1000);
  return [
    events.warning(
      `An event of ${seconds} seconds ago is not in the chain yet`,
      "See whether a process of Foyer runs, what its log says, and all clocks",
    ),
  ];
}
