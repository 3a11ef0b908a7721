import type { Act } from "../act.ts";
import type { PeopleStore, SessionSummary } from "../contract/people.ts";
import type { Statements } from "../statements/all.ts";

/** The active sessions of a person with the activity that waits, the most recently used first. */
export function* listSessions(
  run: Statements,
  { userId, now }: Parameters<PeopleStore["listSessions"]>[0],
): Act<SessionSummary[]> {
  const look = run.activity.look();
  const sessions = (yield* run.listSessionsOf.all({ userId })).map(look);
  return sessions
    .filter(({ idleEndsAt }) => idleEndsAt > now)
    .toSorted((one, other) => other.lastSeenAt - one.lastSeenAt || (one.id < other.id ? -1 : 1))
    .map(({ idleEndsAt: _, ...session }) => session);
}
