import type { Act } from "../act.ts";
import type { AuditContext, AuditEvent } from "../contract/audit.ts";
import type { PersonExport } from "../contract/people.ts";
import type { Statements } from "../statements/all.ts";
import type { PersonRows } from "../statements/person_rows.ts";
import { listEvents, recordEvent } from "./audit_log.ts";

/** Everything about a person that the record may hold is little; this is a bound all the same. */
const MOST_EXPORTED = 100_000;

/** Gathers all that is kept about a person, and records the asking; belongs into one transaction. */
export function* exportPerson(
  { run, personRows }: { run: Statements; personRows: PersonRows },
  userId: string,
  audit: AuditContext,
): Act<PersonExport | null> {
  const person = yield* run.findWholePerson.get({ userId });
  if (!person) return null;
  yield* recordEvent(run, { kind: "exported", subjectId: userId }, audit);
  const sessions = yield* run.listSessions.all({ userId, now: audit.now });
  const events = yield* listEvents(run, { personId: userId, limit: MOST_EXPORTED });
  const tables: PersonExport["tables"] = {};
  for (const { name, select } of personRows) tables[name] = yield* select.all({ userId });
  const ownEvents = events.map((event) => ownPartOf(event, userId));
  return { person, sessions, events: ownEvents, tables };
}

/** What of an event is about `userId`: where others acted, or were acted upon, what is about them is left out. */
function ownPartOf(event: AuditEvent, userId: string): AuditEvent {
  const { name, email, network, userAgent, ...others } = event.details ?? {};
  const isOwnAct = event.actorId === userId;
  const isAboutThem = event.subjectId === userId;
  return {
    ...event,
    actorId: isOwnAct ? userId : null,
    subjectId: isAboutThem ? userId : null,
    details: event.details && {
      ...others,
      ...(isAboutThem && name !== undefined ? { name } : {}),
      ...(isAboutThem && email !== undefined ? { email } : {}),
      ...(isOwnAct && network !== undefined ? { network } : {}),
      ...(isOwnAct && userAgent !== undefined ? { userAgent } : {}),
    },
  };
}
