import type { Context } from "./ask.ts";
import { GRACE_MS, record, type Session } from "./state.ts";

const HOUR_MS = 3_600_000;

/** Whether a bound session is used without its device: then nobody asks. */
export function isUnproved(
  { device }: Session,
  { bound, now }: { bound: string | null; now: number },
): boolean {
  if (!device || Math.abs(now - device.boundAt) < GRACE_MS) return false;
  return (device.tokens.get(bound ?? "") ?? 0) <= now;
}

/** Nobody asks: the session stays as it is. That is recorded once an hour. */
export function noteFault(
  { state, ask, change }: Context,
  { session, kind }: { session: Session; kind: "binding_missing" | "binding_refused" },
): void {
  if (!ask.isNoted) return;
  change(() => {
    const what = `${kind} ${session.id} ${Math.floor(ask.now / HOUR_MS)}`;
    if (state.recordedRefusals.has(what)) return;
    state.recordedRefusals.set(what, ask.now + HOUR_MS);
    record(state, { kind, actorId: null, subjectId: session.personId, at: ask.now });
  });
}
