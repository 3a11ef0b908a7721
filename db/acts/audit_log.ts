import { createHash, randomBytes } from "node:crypto";

import type { Act } from "../act.ts";
import type {
  AuditContext,
  AuditDetails,
  AuditEvent,
  AuditFilter,
  AuditKind,
  AuditVerdict,
} from "../contract/audit.ts";
import type { Statements } from "../statements/all.ts";

/** What happened, to whom. */
export interface Happening {
  kind: AuditKind;
  subjectId: string | null;
  details?: Omit<AuditDetails, "network" | "userAgent">;
}

const START = { seq: 0, hash: "" };
const BATCH = 1000;

/** Adds an event to the end of the chain, in the transaction of the change itself, with the name and address of its subject. */
export function* recordEvent(
  run: Statements,
  { kind, subjectId, details }: Happening,
  { now, actorId, network, userAgent }: AuditContext,
): Act<void> {
  const head = (yield* run.findMark.get({ name: "head" })) ?? START;
  const salt = randomBytes(16).toString("base64url");
  const person = subjectId === null ? null : yield* run.findPerson.get({ userId: subjectId });
  const known = {
    ...(person ? { name: person.name, email: person.email } : {}),
    ...details,
    ...(network ? { network } : {}),
    ...(userAgent ? { userAgent } : {}),
  };
  const text = JSON.stringify(known);
  const event = { seq: head.seq + 1, at: now, kind, actorId, subjectId };
  const detailsHash = hash(salt + text);
  const chained = chain(head.hash, { ...event, detailsHash });
  yield* run.saveEvent.run({ ...event, detailsHash, hash: chained });
  yield* run.saveDetails.run({ seq: event.seq, salt, details: text });
  yield* run.saveMark.run({ name: "head", seq: event.seq, hash: chained });
}

/** Whether `what` comes for the first time; it is remembered, as a hash, until `expiresAt`. */
export function* isNew(
  run: Statements,
  { what, expiresAt }: { what: string; expiresAt: number },
): Act<boolean> {
  return (yield* run.remember.get({ hash: hash(what), expiresAt })) !== null;
}

/** The day of a time, in UTC. */
export function dayOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

/** The events that `filter` asks for, with their details as they were told. */
export function* listEvents(run: Statements, filter: AuditFilter): Act<AuditEvent[]> {
  const rows = yield* run.selectEvents(filter);
  return rows.map(({ details, ...event }) => ({
    ...event,
    details: details === null ? null : JSON.parse(details),
  }));
}

/** Forgets the events before `before`; the last of them becomes the root, from which a check begins. */
export function* pruneEvents(run: Statements, before: number): Act<number> {
  yield* run.forgetDays.run({ day: dayOf(before) });
  const last = yield* run.findLastBefore.get({ before });
  if (!last) return 0;
  yield* run.saveMark.run({ name: "root", ...last });
  yield* run.forgetDetails.run({ seq: last.seq });
  return (yield* run.forgetEvents.all({ seq: last.seq })).length;
}

/** Goes along the chain from its root to its head. */
export function* verifyEvents(run: Statements): Act<AuditVerdict> {
  const root = (yield* run.findMark.get({ name: "root" })) ?? START;
  const head = (yield* run.findMark.get({ name: "head" })) ?? START;
  let place = root;
  let erased = 0;
  for (;;) {
    const rows = yield* run.readChain.all({ after: place.seq, limit: BATCH });
    for (const { hash: written, salt, details, ...event } of rows) {
      const { seq } = event;
      if (seq !== place.seq + 1) return fault(place.seq + 1, "is missing");
      if (written !== chain(place.hash, event)) return fault(seq, "was changed");
      if (details === null) erased += 1;
      else if (event.detailsHash !== hash(salt + details)) return fault(seq, "has other details");
      place = { seq, hash: written };
    }
    if (rows.length < BATCH) break;
  }
  if (place.seq !== head.seq) return fault(place.seq + 1, "is missing at the end");
  if (place.hash !== head.hash) return fault(place.seq, "is not the head that was noted");
  const events = place.seq - root.seq;
  return { isWhole: true, events, erased, head: head.hash, forgottenUpTo: root.seq };
}

function fault(seq: number, what: string): AuditVerdict {
  return { isWhole: false, seq, fault: `Event ${seq} ${what}.` };
}

interface ChainedEvent {
  seq: number;
  at: number;
  kind: string;
  actorId: string | null;
  subjectId: string | null;
  detailsHash: string;
}

function chain(
  before: string,
  { seq, at, kind, actorId, subjectId, detailsHash }: ChainedEvent,
): string {
  return hash(JSON.stringify([before, seq, at, kind, actorId, subjectId, detailsHash]));
}

function hash(text: string): string {
  return createHash("sha256").update(text).digest("base64url");
}
