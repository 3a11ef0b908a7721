import type { Answer, Context } from "./ask.ts";
import { keepStatus } from "./event_rules.ts";
import { answerFor, type Present, refusePresent } from "./presence.ts";
import { keepReason } from "./reasons.ts";
import { isLastAdmin } from "./rights.ts";
import { record, type Session, type State } from "./state.ts";

/** How long a sign-in is recent, in milliseconds. */
const RECENT_MS = 600_000;

/** Ends one of one's own sessions. */
export function endOwnSession(
  context: Context,
  { present, sessionId }: { present: Present; sessionId: string },
): Answer {
  const { state, ask, change } = context;
  const { id } = present.person;
  const session = state.sessions.get(sessionId);
  if (session?.personId !== id || session.isEndedByAdmin) {
    return refusePresent(present, 404, "not_found");
  }
  change(() => {
    if (session !== present.session)
      keepReason(state, session, { why: "elsewhere", from: ask.now });
    state.sessions.delete(sessionId);
    record(state, { kind: "session_ended", actorId: id, subjectId: id, at: ask.now });
  });
  return answerFor(present);
}

/** Ends all of one's own sessions, or all others. */
export function endOwnSessions(
  context: Context,
  { present, areOthersOnly }: { present: Present; areOthersOnly: boolean },
): Answer {
  const exceptId = areOthersOnly ? present.session.id : null;
  endSessions(context, { personId: present.person.id, present, exceptId });
  return answerFor(present);
}

/** Ends sessions of a person. What had expired is not counted, and nothing is recorded for it. */
export function endSessions(
  { state, ask, change }: Context,
  { personId, present, exceptId }: { personId: string; present: Present; exceptId: string | null },
): void {
  const actorId = present.person.id;
  const why = actorId === personId ? "elsewhere" : "admin";
  change(() => {
    const ended = sessionsOf(state, personId).filter(
      ({ id, isEndedByAdmin }) => id !== exceptId && !isEndedByAdmin,
    );
    for (const session of ended) {
      if (session.id !== present.session.id) keepReason(state, session, { why, from: ask.now });
      state.sessions.delete(session.id);
    }
    if (ended.every(({ idleEndsAt }) => idleEndsAt <= ask.now)) return;
    record(state, { kind: "sessions_ended", actorId, subjectId: personId, at: ask.now });
  });
}

/** Deletes one's own account, if the sign-in is recent. One administrator must stay. */
export function deleteAccount(context: Context, present: Present): Answer {
  const { state, ask, settings, change } = context;
  const { person, session } = present;
  if (!isRecent(session, ask.now)) return refusePresent(present, 403, "recent_sign_in_needed");
  if (isLastAdmin(state, { person, settings })) {
    return refusePresent(present, 409, "last_administrator");
  }
  change(() => deletePerson(context, { personId: person.id, actorId: person.id }));
  return { ...answerFor(present), cookie: "cleared" };
}

/** Whether a sign-in is recent enough to delete an account, and to act on people. */
export function isRecent({ createdAt }: Session, now: number): boolean {
  return now - createdAt < RECENT_MS;
}

/** Forgets a person: their sessions and the invitation of their address go, too. */
export function deletePerson(
  { state, ask }: Context,
  { personId, actorId }: { personId: string; actorId: string },
): void {
  const person = state.people.get(personId);
  if (!person) return;
  keepStatus(state, person);
  for (const { id } of sessionsOf(state, personId)) state.sessions.delete(id);
  for (const [value, reason] of state.reasons) {
    if (reason.personId === personId) state.reasons.delete(value);
  }
  state.invitations.delete(person.account.email);
  state.people.delete(personId);
  record(state, { kind: "deleted", actorId, subjectId: personId, at: ask.now });
}

/** All sessions of a person. */
export function sessionsOf({ sessions }: State, personId: string): Session[] {
  return [...sessions.values()].filter((session) => session.personId === personId);
}
