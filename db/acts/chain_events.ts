import type { Act } from "../act.ts";
import type { PreparedStatements } from "../statements/all.ts";
import { chainedText, hash, START, type UnchainedEvent } from "./audit_chain.ts";

/** The day of a time in milliseconds since 1970, in UTC: `2026-11-25`. */
export function dayOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

/** Appends events to the chain, and counts the sign-ins among them: a log that was emptied shows in the counts. */
export function* chainEvents(
  run: PreparedStatements,
  events: readonly UnchainedEvent[],
): Act<void> {
  let last: { seq: number; hash: string } = (yield* run.findMark.get({ name: "head" })) ?? START;
  const signIns = new Map<string, number>();
  for (const { salt, details, email, ...event } of events) {
    const next = { ...event, seq: last.seq + 1 };
    last = { seq: next.seq, hash: hash(chainedText(last.hash, next)) };
    yield* run.saveEvent.run({ ...next, hash: last.hash });
    yield* run.saveDetails.run({ seq: next.seq, salt, details, email });
    const day = dayOf(event.at);
    if (event.kind === "signed_in") signIns.set(day, (signIns.get(day) ?? 0) + 1);
  }
  yield* run.saveMark.run({ name: "head", ...last, chained: null });
  for (const [day, count] of signIns) yield* run.count.run({ day, code: "signed_in", count });
}
