import type { Act } from "../act.ts";
import type { AuditContext } from "../contract/audit.ts";
import type { PeopleStore } from "../contract/people.ts";
import type { Statements } from "../statements/all.ts";
import { recordEvent } from "./audit_log.ts";
import { keepTokensOfUser } from "./ended_tokens.ts";

/** Ends one session of a person. */
export function* endOwnSession(
  run: Statements,
  session: Parameters<PeopleStore["endOwnSession"]>[0],
  audit: AuditContext,
): Act<boolean> {
  const { sessionId, userId, thisId } = session;
  if (sessionId !== thisId) {
    yield* run.keepTokensOfSession.run({ sessionId, userId, why: "elsewhere", now: audit.now });
  }
  // One that an administrator ended is over already, and stays stored until it expires.
  if (!(yield* run.deleteOwnSession.get({ sessionId, userId }))) return false;
  yield* recordEvent(run, { kind: "session_ended", subjectId: userId }, audit);
  return true;
}

/** Ends the sessions of a person except `exceptId`, and counts them. */
export function* endSessionsOf(
  run: Statements,
  { userId, exceptId, thisId }: Parameters<PeopleStore["endSessionsOf"]>[0],
  audit: AuditContext,
): Act<number> {
  const why = audit.actorId === userId ? "elsewhere" : "admin";
  yield* keepTokensOfUser(run, { userId, exceptId: thisId ?? exceptId, why }, audit);
  const look = run.activity.look();
  const ended = yield* run.deleteSessionsOf.all({ userId, exceptId: exceptId ?? "" });
  const count = countActive(ended.map(look), audit);
  if (count > 0) {
    yield* recordEvent(
      run,
      { kind: "sessions_ended", subjectId: userId, details: { count } },
      audit,
    );
  }
  return count;
}

/** Ends every session of the next people. */
export function* endAllSessions(
  run: Statements,
  next: Parameters<PeopleStore["endAllSessions"]>[0],
  audit: AuditContext,
): Act<{ sessions: number; people: number; last: string | null }> {
  const owners = yield* run.listSessionOwners.all(next);
  let [sessions, people] = [0, 0];
  for (const { userId } of owners) {
    const count = yield* endSessionsOf(run, { userId, exceptId: null }, audit);
    sessions += count;
    if (count > 0) people += 1;
  }
  return { sessions, people, last: owners.at(-1)?.userId ?? null };
}

/** How many of the ended sessions had not expired: expired ones are deleted only from time to time. */
export function countActive(ended: { idleEndsAt: number }[], { now }: AuditContext): number {
  return ended.filter(({ idleEndsAt }) => idleEndsAt > now).length;
}
