import { type Act, begin, type Work } from "../act.ts";
import type { AuditContext } from "../contract/audit.ts";
import type { Statements } from "../statements/all.ts";

/**
 * Runs an act unless its actor has lost the right to it since the request came: two acts can arrive together, and one
 * of them may end what the other relies on.
 */
export function* whileAllowed<Outcome>(
  run: Statements,
  { authority }: AuditContext,
  work: Work<Outcome>,
): Act<{ refusal: Error } | { outcome: Outcome }> {
  if (authority) {
    const look = run.activity.look();
    const session = yield* run.findSessionById.get({ sessionId: authority.sessionId });
    const refusal = authority.refusalOf(session && look(session));
    if (refusal) return { refusal };
  }
  return { outcome: yield* begin(work) };
}
