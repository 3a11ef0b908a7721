import { createHash } from "node:crypto";

import type { Act } from "../act.ts";
import type {
  AuditContext,
  AuditDetails,
  AuditEvent,
  AuditFilter,
  AuditKind,
  AuditStore,
  AuditVerdict,
} from "../contract/audit.ts";
import type { Statements } from "../statements/all.ts";

/** A new event: its kind and the user it is about. */
export interface NewEvent {
  kind: AuditKind;
  subjectId: string | null;
  details?: Omit<AuditDetails, "network" | "userAgent">;
}

const SALT_BYTES = 16;
const START = { seq: 0, hash: "" };
const BATCH = 1000;

/** Appends an event to the chain, with the name and address of its subject. Run it in the transaction of the change. */
export function* recordEvent(
  run: Statements,
  { kind, subjectId, details }: NewEvent,
  { now, actorId, network, userAgent }: AuditContext,
): Act<void> {
  const head = (yield* run.findMark.get({ name: "head" })) ?? START;
  const salt = run.random.bytes(SALT_BYTES).toBase64({ alphabet: "base64url", omitPadding: true });
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

/** Whether `what` is seen for the first time. Its hash is kept until `expiresAt`. */
export function* isNew(
  run: Statements,
  { what, expiresAt }: { what: string; expiresAt: number },
): Act<boolean> {
  return (yield* run.remember.get({ hash: hash(what), expiresAt })) !== null;
}

/** The day of a time in milliseconds since 1970, in UTC: `2026-11-25`. */
export function dayOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

/** Adds to the day's counts of refusals. */
export function* countRefusals(
  run: Statements,
  { counts, now }: Parameters<AuditStore["countRefusals"]>[0],
): Act<void> {
  for (const [code, count] of counts) yield* run.count.run({ day: dayOf(now), code, count });
}

/** The events that match `filter`, with parsed details. */
export function* listEvents(run: Statements, filter: AuditFilter): Act<AuditEvent[]> {
  return (yield* run.selectEvents(filter)).map(parseEvent);
}

/** An event as it is stored, with parsed details. */
export function parseEvent({
  details,
  ...event
}: Omit<AuditEvent, "details"> & { details: string | null }): AuditEvent {
  return { ...event, details: details === null ? null : JSON.parse(details) };
}

/** Deletes the events before `before` and counts them. The last one becomes the root, where verification starts. */
export function* pruneEvents(run: Statements, before: number): Act<number> {
  yield* run.deleteCountsBefore.run({ day: dayOf(before) });
  const last = yield* run.findLastBefore.get({ before });
  if (!last) return 0;
  yield* run.saveMark.run({ name: "root", ...last });
  yield* run.deleteDetailsUpTo.run({ seq: last.seq });
  return (yield* run.deleteEventsUpTo.all({ seq: last.seq })).length;
}

/** Verifies the chain from its root to its head. */
export function* verifyEvents(run: Statements): Act<AuditVerdict> {
  const root = (yield* run.findMark.get({ name: "root" })) ?? START;
  const head = (yield* run.findMark.get({ name: "head" })) ?? START;
  let last = root;
  let erased = 0;
  for (;;) {
    const rows = yield* run.readChain.all({ after: last.seq, limit: BATCH });
    for (const { hash: written, salt, details, ...event } of rows) {
      const { seq } = event;
      if (seq !== last.seq + 1) return fault(last.seq + 1, "is missing");
      if (written !== chain(last.hash, event)) return fault(seq, "was changed");
      if (details === null) erased += 1;
      else if (event.detailsHash !== hash(salt + details)) return fault(seq, "has changed details");
      last = { seq, hash: written };
    }
    if (rows.length < BATCH) break;
  }
  if (last.seq !== head.seq) return fault(last.seq + 1, "is missing at the end");
  if (last.hash !== head.hash) return fault(last.seq, "does not match the stored head");
  const events = last.seq - root.seq;
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
