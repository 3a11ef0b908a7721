import type { AuditKind } from "../../db/contract/audit.ts";
import type { AppContext } from "./app_context.ts";

/** Open pages follow within a second. A look costs a few microseconds while nobody else writes. */
const LOOK_EVERY_MS = 250;

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
 * Tells the open pages of people whom another process has changed: a command, or another server on the same file.
 * Returns how to stop.
 */
export function followOtherProcesses({
  store,
  loginEvents,
  log,
  every,
}: Pick<AppContext, "store" | "loginEvents" | "log" | "every">): () => void {
  let isFailing = false;

  async function look(): Promise<void> {
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
    }
  }

  return every(LOOK_EVERY_MS, () => void look());
}
