import type { SessionRecord, User } from "../../db/contract/session.ts";
import type { SessionEnd } from "../../db/contract/session_end.ts";
import { admit } from "../auth/admission.ts";
import { type Alive, endByIdling, judgeSession } from "../auth/session_policy.ts";
import { hashToken, isToken } from "../auth/token.ts";
import type { Config } from "../config.ts";
import { isDatabaseError } from "../errors.ts";
import { readCookie, sessionCookie } from "../http/cookies.ts";
import type { HeaderSet } from "../http/headers.ts";
import type { AppContext } from "./app_context.ts";
import { auditContextOf } from "./audit_context.ts";
import { keepSession } from "./renew_session.ts";

/** The user and session of a request. */
export interface SignedIn {
  user: User;
  /** Whether the user is an admin, by the database or by `ADMIN_EMAILS`. */
  isAdmin: boolean;
  sessionId: string;
  /** When the session began and when it expires even if active, in milliseconds since 1970. */
  createdAt: number;
  expiresAt: number;
  /** When idling ends the session, if nobody uses it again before; `null` if use does not put its end off. */
  idleEndsAt: number | null;
}

/** Reads the session of a request's cookie and stores its use: activity, first use, rotation. */
export async function readSession(
  app: AppContext,
  { request, set, isBackground }: { request: Request; set: HeaderSet; isBackground: boolean },
): Promise<SignedIn | null> {
  const token = readCookie(request, sessionCookie(app.config.origin).name);
  if (!isToken(token)) return null;
  const tokenHash = hashToken(token);
  const session = await app.store.findSession(tokenHash);
  if (!session) return null;
  const now = app.now();
  const { signedIn, verdict } = await judge(app, { session, request, now, isBackground });
  if (!signedIn || !verdict) return signedIn;
  if (!verdict.isFirstUse && !verdict.isActivity && !verdict.mayRotate) return signedIn;
  const use = { session, tokenHash, verdict, now, set };
  const kept = await keepSession(app, use).catch((error: unknown) => {
    // The read has succeeded. A failed write must not stop the request.
    if (!isDatabaseError(error)) throw error;
    app.logOf(request)("warn", "session_not_written", {
      session: session.id,
      cause: error.message,
    });
    return session;
  });
  if (kept) return { ...signedIn, idleEndsAt: endByIdling(kept, app.config) };
  await endSession(app, { session, request, why: "suspicion" });
  return null;
}

/**
 * Whether a session that was read before is still alive. Looks it up by id, not by token: the token of a long
 * request, such as an event stream, is rotated meanwhile and would look stolen.
 */
export async function isSessionAlive(
  app: AppContext,
  { sessionId, request }: { sessionId: string; request: Request },
): Promise<boolean> {
  const found = await app.store.findSessionById(sessionId);
  if (!found) return false;
  const { signedIn } = await judge(app, {
    session: withCurrentToken(found),
    request,
    now: app.now(),
    isBackground: true,
  });
  return signedIn !== null;
}

/** A session that was found by its id, as if its current token were presented. */
export function withCurrentToken(found: Omit<SessionRecord, "token">): SessionRecord {
  return { ...found, token: { generation: found.generation, supersededAt: null } };
}

interface JudgeOptions {
  session: SessionRecord;
  request: Request;
  now: number;
  isBackground: boolean;
}

/** Who is signed in with a session now, and the verdict; ends a session that is over. */
async function judge(
  app: AppContext,
  { session, request, now, isBackground }: JudgeOptions,
): Promise<Omit<Judgement, "why">> {
  const { why, ...judged } = judgePerson(session, { config: app.config, now, isBackground });
  if (why) await endSession(app, { session, request, why });
  return judged;
}

/** Who is signed in with a session; with `why`, it is over. */
interface Judgement {
  signedIn: SignedIn | null;
  verdict?: Alive;
  why?: SessionEnd;
}

/** Judges a session and its person at the time `now`, and changes nothing. */
export function judgePerson(
  session: SessionRecord,
  { config, now, isBackground }: { config: Config; now: number; isBackground: boolean },
): Judgement {
  const verdict = judgeSession(session, { now, limits: config, isBackground });
  if (verdict.state !== "alive") return { signedIn: null, why: verdict.state };
  if (session.endedByAdminAt !== null) {
    // Until the session would have expired, the person still learns that an admin has disabled the account.
    const disabled = describe(session, { isAdmin: false, idleEndsAt: null });
    return { signedIn: session.user.disabledAt === null ? null : disabled };
  }
  const admission = admit(session.user, config);
  if (session.user.googleDisabledAt !== null) return { signedIn: null, why: "google" };
  if (!admission.admitted) return { signedIn: null, why: "policy" };
  const isAdmin = admission.isAdmin || session.user.adminSince !== null;
  const idleEndsAt = endByIdling(session, config);
  return { signedIn: describe(session, { isAdmin, idleEndsAt }), verdict };
}

function describe(
  { id: sessionId, user, createdAt, expiresAt }: SessionRecord,
  rest: Pick<SignedIn, "isAdmin" | "idleEndsAt">,
): SignedIn {
  return { user, sessionId, createdAt, expiresAt, ...rest };
}

async function endSession(
  app: AppContext,
  { session, request, why }: { session: SessionRecord; request: Request; why: SessionEnd },
): Promise<void> {
  const { id: sessionId, user } = session;
  const audit = auditContextOf(request, { app, actorId: null });
  await app.store.endSession({ sessionId, userId: user.id, why }, audit);
  if (why === "idle" || why === "too_old") return;
  app.logOf(request)("warn", "session_ended", { session: sessionId, user: user.id, why });
  app.loginEvents.publish(user.id);
}
