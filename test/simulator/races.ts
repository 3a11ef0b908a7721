import type { Answer } from "./model/ask.ts";
import type { State } from "./model/state.ts";
import type { Received } from "./observation.ts";

// What may differ from every order of requests, because a request is not one moment: it reads, changes, and draws.

/** A refusal is recorded behind the attempt: others that happen at the same moment may come between. */
export function withRefusalsLast(events: readonly string[]): readonly string[] {
  const [refusals = [], others = []] = [true, false].map((isRefusal) =>
    events.filter(
      (event) =>
        /^(?:policy_refusal|site_refusal|binding_missing|binding_refused) /.test(event) ===
        isRefusal,
    ),
  );
  return [...others, ...refusals];
}

/**
 * An act that comes too late has no effect; which of two reasons it finds first depends on the moment. One that comes in
 * time may find the person gone when it draws their page.
 */
export function isTooLate(
  { status, code }: Answer,
  { received, isGone }: { received: Received; isGone: boolean },
): boolean {
  if (status === 200) return isGone && received.code === "not_found";
  const isOver = code === "not_found" || code === "administrator_by_configuration";
  if (isOver) return received.status === 200;
  return code === "not_signed_in" && received.code === "not_found";
}

/** What may happen to a cookie only because other requests are under way. */
export function isRace(
  expected: Answer,
  { cookie, state }: { cookie: Received["cookie"]; state: State },
): boolean {
  if (expected.cookie === "cleared") return false;
  // Of several requests of one session, any may be the one that brings the next value. And an act on oneself finds
  // one's account deleted when it has done its part.
  return cookie !== "cleared" || !state.people.has(expected.personId ?? "");
}

/** Why a session ended is read, and forgotten once an answer tells it: another at the same moment may tell it, too. */
export function isToldAgain(expected: Answer, { reason }: Received): boolean {
  return expected.reason === null && reason !== null;
}
