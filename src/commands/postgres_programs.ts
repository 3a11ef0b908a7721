import type { PostgresAddress } from "../config/database.ts";

const PASSWORD = "The password comes from ~/.pgpass or PGPASSFILE.";

/** How PostgreSQL's own program makes a backup in `file`. */
export function describeDump(address: PostgresAddress, file: string): string {
  return [
    "PostgreSQL makes the backup, and none was made. Run, with a umask of 077:",
    `  pg_dump --format=custom --file=${quote(file)} --dbname=${addressOf(address)}`,
    PASSWORD,
    ...throughPooler(address),
  ].join("\n");
}

/** How PostgreSQL's own program restores the backup in `file`, and what must follow. */
export function describeRestore(address: PostgresAddress, file: string): string {
  return [
    "PostgreSQL restores the backup, and nothing was restored. Stop Foyer everywhere, make the database empty, and run:",
    `  pg_restore --exit-on-error --single-transaction --no-owner --dbname=${addressOf(address)} ${quote(file)}`,
    "  foyer restore --finish",
    `${PASSWORD} “--finish” ends all sessions, and refuses sign-ins from before: start Foyer after it.`,
    ...throughPooler(address),
  ].join("\n");
}

function throughPooler({ isPooled }: PostgresAddress): string[] {
  return isPooled ? ["Name the PostgreSQL itself in the place of pgbouncer."] : [];
}

/** The address as a shell takes it, without the password. */
function addressOf({ url }: PostgresAddress): string {
  const address = new URL(url);
  address.password = "";
  return quote(address.href);
}

/** A word of a shell. */
function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
