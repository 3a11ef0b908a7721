import type { AuditKind } from "../../db/contract/audit.ts";
import type { AppContext } from "./app_context.ts";

/**
 * Open pages follow within a second. While nobody else writes, a look costs SQLite a few microseconds, and PostgreSQL
 * two short questions; there, it also chains what waits for it.
 */
const LOOK_EVERY_MS = 100;

/** Events that change nothing about their person. */
const UNCHANGED: ReadonlySet<AuditKind> = new Set([
  "session_bound",
  "binding_missing",
  "binding_refused",
  "policy_refusal",
  "site_refusal",
  "exported",
]);

/**
 * Tells the open pages of people whom another process has changed: a command, or another server on the same database.
 * Returns how to stop.
 */
export function followOtherProcesses({
  store,
  loginEvents,
  log,
  every,
}: Pick<AppContext, "store" | "loginEvents" | "log" | "every">): () => void {
  let isFailing = false;
  let isLooking = false;

  async function look(): Promise<void> {
    // A database that does not answer must not be asked by more and more looks at once.
    if (isLooking) return;
    isLooking = true;
    try {
      const events = await store.readForeignEvents();
      const changed = new Set(
        events.flatMap(({ kind, subjectId }) => (UNCHANGED.has(kind) ? [] : (subjectId ?? []))),
      );
      for (const userId of changed) loginEvents.publish(userId);
      isFailing = false;
    } catch (error) {
      if (!isFailing) log("warn", "foreign_changes_not_read", { cause: String(error) });
      isFailing = true;
    } finally {
      isLooking = false;
    }
  }

  return every(LOOK_EVERY_MS, () => void look());
}
