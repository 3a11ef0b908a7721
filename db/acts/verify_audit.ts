import type { Act } from "../act.ts";
import type { AuditVerdict } from "../contract/audit.ts";
import type { Statements } from "../statements/all.ts";
import { chainedText, hash, readChainedText, START } from "./audit_chain.ts";
import { dayOf } from "./chain_events.ts";

const BATCH = 1000;
const DAY_MS = 86_400_000;

type Mark = { seq: number; hash: string; chained: string | null };

/** Verifies the chain from its root to its head, and what stands beside it. */
export function* verifyEvents(run: Statements, keptSince: number | null): Act<AuditVerdict> {
  const root = (yield* run.findMark.get({ name: "root" })) ?? START;
  const chain = yield* verifyChain(run, root);
  if ("fault" in chain) return chain;
  const fault =
    faultOfRoot(root, keptSince ?? Infinity) ??
    (yield* faultOfDetails(run)) ??
    (keptSince === null ? null : yield* faultOfCounts(run, keptSince));
  if (fault) return { isWhole: false, fault };
  return { isWhole: true, ...chain, forgottenUpTo: root.seq };
}

/** Verifies every event and its details. */
function* verifyChain(run: Statements, root: Mark) {
  const head = (yield* run.findMark.get({ name: "head" })) ?? START;
  const lowest = (yield* run.findLowest.get())?.seq ?? null;
  if (lowest !== null && lowest <= root.seq) {
    return damaged(`Event ${lowest} is not part of it: it begins with event ${root.seq + 1}.`);
  }
  let last: { seq: number; hash: string } = root;
  let erased = 0;
  let firstAt: number | null = null;
  for (;;) {
    const rows = yield* run.readChain.all({ after: last.seq, limit: BATCH });
    for (const { hash: written, salt, details, email, ...event } of rows) {
      const { seq, at, detailsHash } = event;
      if (seq !== last.seq + 1) return damaged(`Event ${last.seq + 1} is missing.`);
      const isChained = written === hash(chainedText(last.hash, event));
      if (!isChained) return damaged(`Event ${seq} was changed.`);
      const isErased = details === null;
      const isSame =
        isErased || (detailsHash === hash(salt + details) && email === emailIn(details));
      if (!isSame) return damaged(`Event ${seq} has changed details.`);
      if (isErased) erased += 1;
      firstAt ??= at;
      last = { seq, hash: written };
    }
    if (rows.length < BATCH) break;
  }
  if (last.seq !== head.seq) return damaged(`Event ${last.seq + 1} is missing at the end.`);
  if (last.hash !== head.hash) return damaged(`Event ${last.seq} does not match the stored head.`);
  return { events: last.seq - root.seq, erased, firstAt, head: head.hash };
}

/** Details are found and erased by a column of their own, so it counts as one of them. */
function emailIn(details: string): string | null {
  return JSON.parse(details).email ?? null;
}

/** Events may be deleted only once they are old enough. The root's hash is the chain's, so its time cannot be forged. */
function faultOfRoot({ seq, hash: written, chained }: Mark, keptSince: number): string | null {
  if (seq === 0) return null;
  if (chained === null || hash(chained) !== written) {
    return `The last deleted event, ${seq}, is not the one that the chain continues.`;
  }
  const last = readChainedText(chained);
  if (last.seq !== seq) return `The last deleted event is ${last.seq}, and not ${seq}.`;
  if (last.at < keptSince) return null;
  const [day, since] = [last.at, keptSince].map(dayOf);
  return `Event ${seq} of ${day} was deleted, although events since ${since} are kept. If AUDIT_RETENTION_DAYS was smaller before, verify with that number.`;
}

/** Details are written with their event, and erased only together with the account of its subject. */
function* faultOfDetails(run: Statements): Act<string | null> {
  const stray = yield* run.findStrayDetails.get();
  if (stray) return `Details of event ${stray.seq} are there, and the event is not.`;
  const lost = yield* run.findLostDetails.get();
  return lost && `Event ${lost.seq} has no details, although it is about somebody with an account.`;
}

/** Each sign-in is an event, and is counted in the same transaction: an emptied log shows in the counts. */
function* faultOfCounts(run: Statements, keptSince: number): Act<string | null> {
  // The first of the days may be deleted in part.
  const after = dayOf(keptSince);
  const events = yield* run.countSignInEvents.all({ afterDay: Math.floor(keptSince / DAY_MS) });
  const found = new Map(events.map(({ day, count }) => [dayOf(day * DAY_MS), count]));
  for (const { day, count } of yield* run.listSignInCounts.all({ after })) {
    const recorded = found.get(day) ?? 0;
    if (recorded < count) {
      return `On ${day}, ${count} sign-ins were counted, and the log has ${recorded}.`;
    }
  }
  return null;
}

function damaged(fault: string): Extract<AuditVerdict, { isWhole: false }> {
  return { isWhole: false, fault };
}
