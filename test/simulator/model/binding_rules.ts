import { type Answer, type Context, refuse } from "./ask.ts";
import { sessionOf } from "./presence.ts";
import { mayEnter } from "./rights.ts";
import { GRACE_MS, record, type Session, type State } from "./state.ts";
import { isUnproved, noteFault } from "./unproved.ts";

/** How long a challenge is good. */
const REGISTER_MS = 120_000;
const REFRESH_MS = 1_200_000;
/** How much longer a bound token counts than in its browser. */
const SLACK_MS = 5000;

/** Whether a request comes with the cookie of a bound session that lives, and without its device. */
export function isUnprovedAsk(context: Context): boolean {
  const session = sessionOf(context);
  if (!session || session.isEndedByAdmin) return false;
  const { now } = context.ask;
  const isOver = now >= session.idleEndsAt || now >= session.expiresAt;
  return !isOver && isUnproved(session, context.ask);
}

/** A browser binds the session that it has just begun to its key. No other key can take its place. */
export function bind(context: Context, { key }: { key: string }): Answer {
  const { state, ask, change } = context;
  const session = findBindable(context);
  if (!session) return NOT_BOUND;
  const { challenge, now, given } = ask;
  const isOurs = challenge?.sessionId === session.id && challenge.purpose === "register";
  if (!isOurs || now - challenge.at >= REGISTER_MS) {
    noteFault(context, { session, kind: "binding_refused" });
    return NOT_BOUND;
  }
  if (session.device && session.device.key !== key) return NOT_BOUND;
  change(() => {
    const [actorId, subjectId] = [session.personId, session.personId];
    if (!session.device) record(state, { kind: "session_bound", actorId, subjectId, at: now });
    session.device ??= { key, boundAt: now, tokens: new Map(), answeredAt: null };
    keepToken(context, { session, value: given.bound });
  });
  return { status: 200, cookie: "kept", isBoundGiven: true };
}

const NOT_BOUND: Answer = { status: 400, cookie: "kept" };

/**
 * A bound session gets its next bound cookie by a proof of its key, for a challenge that is not older than the newest one
 * that was answered. That keeps nobody signed in.
 */
export function refresh(
  context: Context,
  { sessionId, key, token }: { sessionId: string; key: string; token: string | null },
): Answer {
  const { state, ask, change } = context;
  const session = findBindable(context);
  const device = session?.device;
  if (!session || !device || sessionId !== session.id) return { status: 401, cookie: "kept" };
  const challenged: Answer = { status: 403, cookie: "kept", mayBeUnavailable: true };
  if (token === null) return challenged;
  if (key !== device.key) {
    noteFault(context, { session, kind: "binding_refused" });
    return { status: 401, cookie: "kept" };
  }
  const { challenge, now, given } = ask;
  const isOurs = challenge?.sessionId === session.id && challenge.purpose === "refresh";
  if (!isOurs || now - challenge.at >= REFRESH_MS) return challenged;
  if (device.answeredAt !== null && challenge.at < device.answeredAt) return challenged;
  change(() => {
    device.answeredAt = challenge.at;
    keepToken(context, { session, value: given.bound });
    forgetTokens(state, now);
  });
  return { status: 200, cookie: "kept", isBoundGiven: true };
}

function keepToken(
  { settings, ask: { now } }: Context,
  { session, value }: { session: Session; value: string | null },
): void {
  const until = Math.min(now + settings.boundAgeMs, session.expiresAt) + SLACK_MS;
  session.device?.tokens.set(value ?? "lost", until);
}

/** The server forgets what has expired, also if its clock is set back later. */
export function forgetTokens({ sessions }: State, now: number): void {
  for (const { device } of sessions.values()) {
    for (const [value, until] of device?.tokens ?? []) {
      if (until <= now) device?.tokens.delete(value);
    }
  }
}

/** The session of the cookie, if its person may use it. Nothing changes by looking. */
function findBindable(context: Context): Session | null {
  const { state, settings, ask } = context;
  const session = settings.binds ? sessionOf(context) : null;
  const person = state.people.get(session?.personId ?? "");
  if (!session || !person || session.isEndedByAdmin || person.isDisabledByGoogle) return null;
  if (ask.now >= session.idleEndsAt || ask.now >= session.expiresAt) return null;
  const { replacedAt } = session.tokens.get(ask.token ?? "") ?? { replacedAt: null };
  const isReplaced = replacedAt !== null && Math.abs(ask.now - replacedAt) > GRACE_MS;
  if (isReplaced && !session.device) return null;
  return mayEnter(person.account, settings) ? session : null;
}

/** What a stranger with such a cookie is told. */
export const BINDING_MISSING = refuse(401, "binding_missing");
