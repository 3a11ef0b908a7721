import { Database } from "bun:sqlite";
import { closeSync, copyFileSync, existsSync, openSync, rmSync } from "node:fs";

import { describeFailure } from "./check_file.ts";
import { openReadOnly } from "./open_read_only.ts";

/** A person, as the restored file has them. */
export interface RestoredPerson {
  id: string;
  name: string;
  email: string;
}

/** What a restored file has as it was before somebody changed it. */
export interface BroughtBack {
  deleted: RestoredPerson[];
  /** Disabled since, by an administrator or by Google. */
  disabled: (RestoredPerson & { by: "admin" | "google" })[];
  /** Administrators whose role was removed since. */
  admins: RestoredPerson[];
  /** Addresses whose invitation was revoked or used since. */
  invitations: string[];
}

/** The later file cannot tell what was brought back. The message says why. */
export class IncomparableError extends Error {
  override readonly name = "IncomparableError";
}

type State = RestoredPerson & { disabled: number; googleDisabled: number; admin: number };

const PEOPLE = `SELECT id, name, email, disabled_at IS NOT NULL disabled,
  google_disabled_at IS NOT NULL googleDisabled, admin_since IS NOT NULL admin FROM users ORDER BY email, id`;

/**
 * Compares a restored file with a later one of the same database, which stays as it is. Of a closed file, a copy is read,
 * beside the restored one, because reading would write to its log. Of one in use, only SQLite can read while others
 * write. Throws {@linkcode IncomparableError}.
 */
export function findBroughtBack(restored: string, later: string): BroughtBack {
  const copy = `${restored}.compare`;
  try {
    using before = openReadOnly(restored);
    using after = existsSync(`${later}-shm`) ? openReadOnly(later) : openCopy(later, copy);
    return after.transaction(() => {
      requireSameHistory(before, after);
      return compare(before, after);
    })();
  } catch (error) {
    throw error instanceof IncomparableError
      ? error
      : new IncomparableError(describeFailure(error), { cause: error });
  } finally {
    for (const suffix of ["", "-wal", "-shm", "-journal"]) rmSync(copy + suffix, { force: true });
  }
}

function openCopy(later: string, copy: string): Database {
  for (const suffix of ["", "-wal"]) copyIfThere(later + suffix, copy + suffix);
  return new Database(copy, { readwrite: true, strict: true });
}

function copyIfThere(from: string, to: string): void {
  if (!existsSync(from)) return;
  closeSync(openSync(to, "wx", 0o600));
  copyFileSync(from, to);
}

/** The last event of the backup must be in the later file, too: it stands before the one of the restore. */
function requireSameHistory(before: Database, after: Database): void {
  const last = before
    .query<{ seq: number; hash: string }, []>(
      "SELECT seq, hash FROM audit_events ORDER BY seq DESC LIMIT 1 OFFSET 1",
    )
    .get();
  if (!last) return;
  const [found] = after.query("SELECT hash FROM audit_events WHERE seq = ?").values(last.seq);
  if (found?.[0] === last.hash) return;
  throw new IncomparableError("it is not a later state of the same database");
}

function compare(before: Database, after: Database): BroughtBack {
  const later = new Map(readPeople(after).map((person) => [person.id, person]));
  const pairs = readPeople(before).map((person) => ({ person, now: later.get(person.id) }));
  const changed = (mark: "disabled" | "googleDisabled") =>
    pairs.filter(({ person, now }) => now && now[mark] > person[mark]).map(({ person }) => person);
  const invited = new Set(readInvitations(after));
  return {
    deleted: pairs.filter(({ now }) => !now).map(({ person }) => nameOnly(person)),
    disabled: [
      ...changed("disabled").map((person) => ({ ...nameOnly(person), by: "admin" as const })),
      ...changed("googleDisabled").map((person) => ({
        ...nameOnly(person),
        by: "google" as const,
      })),
    ],
    admins: pairs
      .filter(({ person, now }) => now && now.admin < person.admin)
      .map(({ person }) => nameOnly(person)),
    invitations: readInvitations(before).filter((email) => !invited.has(email)),
  };
}

function readPeople(database: Database): State[] {
  return database.query<State, []>(PEOPLE).all();
}

function readInvitations(database: Database): string[] {
  return database.query("SELECT email FROM invitations ORDER BY email").values().flat() as string[];
}

function nameOnly({ id, name, email }: State): RestoredPerson {
  return { id, name, email };
}
