import type { Act } from "../act.ts";
import type { AuditContext, AuditEvent } from "../contract/audit.ts";
import type {
  OwnEventsQuery,
  PeopleStore,
  PersonExport,
  PersonRowsQuery,
} from "../contract/people.ts";
import type { Statements } from "../statements/all.ts";
import type { PersonRows } from "../statements/person_rows.ts";
import { listSessions } from "./activity.ts";
import { isNew, listEvents, parseEvent, recordEvent } from "./audit_log.ts";

const HOUR_MS = 3_600_000;

/** Begins the export of all data about a person, and records it. Run it in one transaction. */
export function* exportPerson(
  run: Statements,
  userId: string,
  audit: AuditContext,
): Act<PersonExport | null> {
  const person = yield* run.findWholePerson.get({ userId });
  if (!person) return null;
  yield* recordExport(run, { what: "own data", subjectId: userId }, audit);
  return { person, sessions: yield* listSessions(run, { userId, now: audit.now }) };
}

/** Records an export, once per person, kind and hour. */
export function* recordExport(
  run: Statements,
  { what, subjectId }: { what: "own data" | "audit log"; subjectId: string | null },
  audit: AuditContext,
): Act<void> {
  const hour = Math.floor(audit.now / HOUR_MS);
  const once = `export ${what} ${audit.actorId} ${hour}`;
  if (!(yield* isNew(run, { what: once, expiresAt: audit.now + HOUR_MS }))) return;
  yield* recordEvent(run, { kind: "exported", subjectId }, audit);
}

/** What a person did, and what was done to them, newest first. */
export function* listExportedEvents(
  run: Statements,
  { userId, ...query }: Parameters<PeopleStore["listExportedEvents"]>[0],
): Act<AuditEvent[]> {
  const events = yield* listEvents(run, { ...query, personId: userId });
  return events.map((event) => ownPartOf(event, userId));
}

/** Rows about a person in one of the application's tables. */
export function* listPersonRows(
  personRows: PersonRows,
  { table, ...query }: PersonRowsQuery,
): Act<{ position: number; row: Record<string, unknown> }[]> {
  const known = personRows.find(({ name }) => name === table);
  return known ? yield* known.list.all(query) : [];
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
