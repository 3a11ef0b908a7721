import { PEOPLE } from "../../src/google_stand_in/people.ts";
import type { Answer, Ask, Settings } from "./model/ask.ts";
import type { Candidate } from "./model/candidates.ts";
import type { State } from "./model/state.ts";
import { describeState, type Received } from "./observation.ts";
import { isRace, isToldAgain, isTooLate, withRefusalsLast } from "./races.ts";

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
  /** Whether transactions at the same moment really overlap. */
  overlaps: boolean;
  settings: Settings;
  now: number;
}

/** Which order of events counts. */
function orderOf({ asks, overlaps }: Seen): (events: readonly string[]) => readonly string[] {
  if (asks.length === 1) return (events) => events;
  // PostgreSQL numbers an event when it is written, and not when its transaction ends.
  return overlaps ? (events) => events.toSorted() : withRefusalsLast;
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
  const inOrder = orderOf(seen);
  const events = state.events.map(describeEvent);
  const log = { expected: inOrder(events), seen: inOrder(seen.events) };
  found.push(...listDifferences("audit log", log));
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
  const { status, code, cookie } = received;
  const what = `request ${index + 1}: `;
  if (status === 500) return [`${what}internal error`];
  const isDatabaseDown = status === 503 && code !== "keys_unavailable";
  // Signing out works even then: the browser forgets its cookie.
  const isSigningOut = seen.asks[index]?.wish.kind === "sign_out" && cookie === "cleared";
  if (seen.hasFailed && (isDatabaseDown || isSigningOut || status === expected.status)) return [];
  const wish = seen.asks[index]?.wish;
  const isGone = wish?.kind === "person_act" && !state.people.has(wish.personId);
  if (seen.asks.length > 1 && isTooLate(expected, { received, isGone })) return [];
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
  const { isAccessGiven = received.given.access !== null } = expected;
  // Of several at the same moment, one may end the session while another looks whether its cookie is there.
  if (seen.asks.length === 1 && isAccessGiven !== (received.given.access !== null)) {
    found.push(`${what}the cookie for applications is ${isAccessGiven ? "not " : ""}given`);
  }
  const isBoundGiven = expected.isBoundGiven === true && status === 200;
  if (isBoundGiven !== (received.given.bound !== null)) {
    found.push(`${what}the bound cookie is ${isBoundGiven ? "not " : ""}given`);
  }
  if (seen.asks[index]?.wish.kind === "visit" && received.setCookies.length > 0) {
    found.push(`${what}a proxy gets the cookies ${received.setCookies.join()}`);
  }
  if (
    cookie !== expected.cookie &&
    !(seen.asks.length > 1 && isRace(expected, { cookie, state }))
  ) {
    found.push(`${what}the cookie is ${cookie} instead of ${expected.cookie}`);
  }
  const isReasonWrong =
    expected.reason !== undefined &&
    received.reason !== expected.reason &&
    !(seen.asks.length > 1 && isToldAgain(expected, received));
  if (code === "not_signed_in" && status === expected.status && isReasonWrong) {
    found.push(`${what}the reason ${received.reason} instead of ${expected.reason}`);
  }
  return [
    ...found,
    ...personDifferences(expected, { what, received, state, ask: seen.asks[index] }),
  ];
}

/** A good answer is for the right person, and names nobody else. */
function personDifferences(
  { status, personId }: Answer,
  { what, received, state, ask }: { what: string; received: Received; state: State; ask?: Ask },
): string[] {
  if (status !== 200 || received.status !== 200) return [];
  const { answeredFor, name, body } = received;
  if (ask?.wish.kind === "sign_in") {
    const isRight = ask.wish.way !== "post" || name === ask.wish.credential.account.name;
    return isRight ? [] : [`${what}signed in as ${name}`];
  }
  const viewer = answeredFor?.split(" ")[0];
  if (personId && viewer && viewer !== personId) return [`${what}answered for ${answeredFor}`];
  if (ask?.wish.kind !== "look" && ask?.wish.kind !== "navbar") return [];
  const expected = state.people.get(personId ?? "")?.account.email;
  const named = PEOPLE.map(({ email }) => email).filter((email) => body.includes(email));
  const isRight = named.join() === (expected ?? "");
  // Of a person who was deleted at the same moment, the model has no address any more.
  const isGone = personId !== undefined && expected === undefined;
  return isRight || isGone ? [] : [`${what}names ${named.join()}`];
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
