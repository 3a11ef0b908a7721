import type { Act } from "../act.ts";
import type {
  AuditContext,
  AuditDetails,
  AuditEvent,
  AuditFilter,
  AuditKind,
  AuditStore,
} from "../contract/audit.ts";
import type { Statements } from "../statements/all.ts";
import { chainedText, hash, START } from "./audit_chain.ts";
import { dayOf } from "./chain_events.ts";

/** A new event: its kind and the user it is about. */
export interface NewEvent {
  kind: AuditKind;
  subjectId: string | null;
  /** That user's name and address, if the act has just written them. */
  person?: { name: string; email: string };
  details?: Omit<AuditDetails, "network" | "userAgent">;
}

const SALT_BYTES = 16;
const MAX_OWN_EVENTS = 10_000;

/** Records an event, with the name and address of its subject. Run it in the transaction of the change. */
export function* recordEvent(
  run: Statements,
  { kind, subjectId, person: saved, details }: NewEvent,
  { now, actorId, network, userAgent }: AuditContext,
): Act<void> {
  const salt = run.random.bytes(SALT_BYTES).toBase64({ alphabet: "base64url", omitPadding: true });
  const person = saved ?? (subjectId && (yield* run.findPerson.get({ userId: subjectId })));
  const known = {
    ...(person ? { name: person.name, email: person.email } : {}),
    ...details,
    ...(network ? { network } : {}),
    ...(userAgent ? { userAgent } : {}),
  };
  const text = JSON.stringify(known);
  const detailsHash = hash(salt + text);
  const event = { at: now, kind, actorId, subjectId, detailsHash };
  yield* run.append({ ...event, salt, details: text, email: known.email ?? null });
  // Where nobody looks for the events of others, they must not grow. One that is forgotten counts as foreign.
  if (run.ownEvents.size >= MAX_OWN_EVENTS) run.ownEvents.clear();
  run.ownEvents.add(detailsHash);
}

/** Whether `what` is seen for the first time. Its hash is kept until `expiresAt`. */
export function* isNew(
  run: Statements,
  { what, expiresAt }: { what: string; expiresAt: number },
): Act<boolean> {
  return (yield* run.remember.get({ hash: hash(what), expiresAt })) !== null;
}

/** Adds to the day's counts of refusals. */
export function* countRefusals(
  run: Statements,
  { counts, now }: Parameters<AuditStore["countRefusals"]>[0],
): Act<void> {
  // In one order: on PostgreSQL, two processes that count the same codes would otherwise wait for each other.
  const sorted = counts.toSorted(([a], [b]) => (a < b ? -1 : 1));
  for (const [code, count] of sorted) yield* run.count.run({ day: dayOf(now), code, count });
}

/** The events that match `filter`, with parsed details. */
export function* listEvents(run: Statements, filter: AuditFilter): Act<AuditEvent[]> {
  return (yield* run.selectEvents(filter)).map(parseEvent);
}

/** The number of the last event, or 0. */
export function* findLastSeq(run: Statements): Act<number> {
  return (yield* run.findMark.get({ name: "head" }))?.seq ?? 0;
}

/** An event as it is stored, with parsed details. */
export function parseEvent({
  details,
  ...event
}: Omit<AuditEvent, "details"> & { details: string | null }): AuditEvent {
  return { ...event, details: details === null ? null : JSON.parse(details) };
}

/**
 * Deletes the next events before `until`, at most `limit`, and returns how many. The last one becomes the root, where
 * verification starts.
 */
export function* pruneNextEvents(
  run: Statements,
  { until, limit }: { until: number; limit: number },
): Act<number> {
  yield* run.hold();
  yield* run.seal();
  yield* run.deleteCountsBefore.run({ day: dayOf(until) });
  const root = (yield* run.findMark.get({ name: "root" })) ?? START;
  const next = { after: root.seq, upTo: root.seq + limit };
  const last = yield* run.findLastBefore.get({ ...next, before: until });
  if (!last) return 0;
  const { seq } = last;
  const before = yield* hashBefore(run, { seq, root });
  const mark = { name: "root", seq, hash: last.hash, chained: chainedText(before, last) };
  yield* run.saveMark.run(mark);
  yield* run.deleteDetailsUpTo.run({ seq });
  return (yield* run.deleteEventsUpTo.all({ seq })).length;
}

/** The hash that the event `seq` is chained to. */
function* hashBefore(
  run: Statements,
  { seq, root }: { seq: number; root: { seq: number; hash: string } },
): Act<string> {
  if (seq === root.seq + 1) return root.hash;
  return (yield* run.findEventHash.get({ seq: seq - 1 }))?.hash ?? "";
}
