import type { Act } from "../act.ts";
import type { AuditContext, AuditEvent } from "../contract/audit.ts";
import type { OwnEventsQuery, PersonExport } from "../contract/people.ts";
import type { Statements } from "../statements/all.ts";
import type { PersonRows } from "../statements/person_rows.ts";
import { listEvents, parseEvent, recordEvent } from "./audit_log.ts";

/** Far more events than one person causes; it only bounds the query. */
const MAX_EVENTS = 100_000;

/** Collects all data about a person and records the export. Run it in one transaction. */
export function* exportPerson(
  { run, personRows }: { run: Statements; personRows: PersonRows },
  userId: string,
  audit: AuditContext,
): Act<PersonExport | null> {
  const person = yield* run.findWholePerson.get({ userId });
  if (!person) return null;
  yield* recordEvent(run, { kind: "exported", subjectId: userId }, audit);
  const sessions = yield* run.listSessions.all({ userId, now: audit.now });
  const events = yield* listEvents(run, { personId: userId, limit: MAX_EVENTS });
  const tables: PersonExport["tables"] = {};
  for (const { name, select } of personRows) tables[name] = yield* select.all({ userId });
  const ownEvents = events.map((event) => ownPartOf(event, userId));
  return { person, sessions, events: ownEvents, tables };
}

/** The newest events about a person, without who else acted and from where. */
export function* listOwnEvents(run: Statements, query: OwnEventsQuery): Act<AuditEvent[]> {
  const rows = yield* run.listEventsAbout.all({ ...query });
  return rows.map((row) => ownPartOf(parseEvent(row), query.userId));
}

/** Removes the details of other people from an event, both of its actor and of its subject. */
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
