import type { Answer, Ask, Settings } from "./model/ask.ts";
import type { Candidate } from "./model/candidates.ts";
import type { State } from "./model/state.ts";
import { describeState, type Received } from "./observation.ts";

/** The application did not do what the model foretells. */
export class Mismatch extends Error {
  override readonly name = "Mismatch";
}

/** What was seen of some requests at the same moment. */
export interface Seen {
  asks: readonly Ask[];
  received: readonly Received[];
  /** The state of the store and its new events, in lines. */
  lines: readonly string[];
  events: readonly string[];
  hasFailed: boolean;
  settings: Settings;
  now: number;
}

/** Why a candidate is not what was seen; empty if it is. */
export function differences({ state, answers }: Candidate, seen: Seen): string[] {
  const found: string[] = [];
  for (const [index, received] of seen.received.entries()) {
    found.push(...answerDifferences(answers[index] as Answer, { index, received, state, seen }));
    const { token, sessionId } = received.given;
    const session = state.sessions.get(sessionId ?? "");
    if (session && !session.tokens.has(token ?? "")) found.push("an unknown cookie was given");
  }
  const lines = describeState(state, seen.now);
  found.push(...listDifferences("state", { expected: lines, seen: seen.lines }));
  const events = state.events.map(({ kind, actorId, subjectId, at }) =>
    describeEvent({ kind, actorId, subjectId, at }),
  );
  found.push(...listDifferences("audit log", { expected: events, seen: seen.events }));
  return found;
}

/** An event of the audit log in one line. */
export function describeEvent(event: {
  kind: string;
  actorId: string | null;
  subjectId: string | null;
  at: number;
}): string {
  return `${event.kind} by ${event.actorId} about ${event.subjectId} at ${event.at}`;
}

function answerDifferences(
  expected: Answer,
  { index, received, state, seen }: { index: number; received: Received; state: State; seen: Seen },
): string[] {
  const { status, code, cookie, answeredFor } = received;
  const what = `request ${index + 1}: `;
  if (status === 500) return [`${what}internal error`];
  const isDatabaseDown = status === 503 && code !== "keys_unavailable";
  // Signing out works even then: the browser forgets its cookie.
  const isSigningOut = seen.asks[index]?.wish.kind === "sign_out" && cookie === "cleared";
  if (seen.hasFailed && (isDatabaseDown || isSigningOut || status === expected.status)) return [];
  // The person was there when the act began, and its effect is none.
  const isTooLate = seen.asks.length > 1 && expected.code === "not_found" && status === 200;
  if (isTooLate) return [];
  const found: string[] = [];
  const isAway = expected.mayBeUnavailable === true && status === 503;
  if (status !== expected.status && !isAway) {
    found.push(
      `${what}${status} ${code ?? ""} instead of ${expected.status} ${expected.code ?? ""}`,
    );
  }
  if (code !== null && expected.code !== undefined && code !== expected.code && !isAway) {
    found.push(`${what}${code} instead of ${expected.code}`);
  }
  if (cookie !== expected.cookie && !isRace(expected, { cookie, state, seen })) {
    found.push(`${what}the cookie is ${cookie} instead of ${expected.cookie}`);
  }
  const { personId } = expected;
  if (status === 200 && personId !== undefined && answeredFor !== null) {
    if (answeredFor.split(" ")[0] !== personId) found.push(`${what}answered for ${answeredFor}`);
  }
  return found;
}

/** What may happen to a cookie only because other requests are under way. */
function isRace(
  expected: Answer,
  { cookie, state, seen }: { cookie: Received["cookie"]; state: State; seen: Seen },
): boolean {
  if (seen.asks.length === 1 || expected.cookie === "cleared") return false;
  // Of several requests of one session, any may be the one that brings the next value. And an act on oneself finds
  // one's account deleted when it has done its part.
  return cookie !== "cleared" || !state.people.has(expected.personId ?? "");
}

function listDifferences(
  what: string,
  { expected, seen }: { expected: readonly string[]; seen: readonly string[] },
): string[] {
  if (expected.join("\n") === seen.join("\n")) return [];
  const missing = expected.filter((line) => !seen.includes(line));
  const more = seen.filter((line) => !expected.includes(line));
  const found = [
    ...missing.map((line) => `${what}: missing: ${line}`),
    ...more.map((line) => `${what}: unexpected: ${line}`),
  ];
  return found.length > 0 ? found : [`${what}: another order`];
}
