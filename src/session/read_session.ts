import type { FoundSession, SessionRecord } from "../../db/contract/session.ts";
import type { SessionEnd } from "../../db/contract/session_end.ts";
import { endByIdling } from "../auth/session_policy.ts";
import { isDatabaseError, RefusedRequest } from "../errors.ts";
import type { HeaderSet } from "../http/headers.ts";
import type { AppContext } from "./app_context.ts";
import { auditContextOf } from "./audit_context.ts";
import { findPresented } from "./find_presented.ts";
import { keepSession } from "./renew_session.ts";
import { type Judgement, judgePerson, type SignedIn, withCurrentToken } from "./signed_in.ts";
import { isHeldUp, noteUnproved } from "./unproved.ts";
import type { Soon } from "./when_known.ts";

/** Reads the session of a request's cookies and stores its use: activity, first use, rotation. */
export async function readSession(
  app: AppContext,
  { request, ...use }: { request: Request; set: HeaderSet | null; isBackground: boolean },
): Promise<SignedIn | null> {
  const presented = await findPresented(app, request);
  return presented && useSession(app, { ...presented, request, ...use });
}

interface UseOptions {
  session: SessionRecord;
  tokenHash: string;
  request: Request;
  /** Takes the cookie of a next token; `null`: none is offered. */
  set: HeaderSet | null;
  isBackground: boolean;
}

interface Judged {
  judged: Judgement;
  now: number;
}

/**
 * Judges a session that was found for a request, and stores its use. Throws `binding_unavailable` for an open page whose
 * browser could not prove its device.
 */
export function useSession(app: AppContext, options: UseOptions): Soon<SignedIn | null> {
  const { session, set, isBackground } = options;
  const now = app.now();
  const judged = judgePerson(session, { config: app.config, now, isBackground });
  const { signedIn, verdict, why, isUnproved } = judged;
  const mayRotate = verdict?.mayRotate === true && set !== null;
  const isStored = verdict?.isFirstUse || verdict?.isActivity || mayRotate;
  if (!why && !isUnproved && !isStored) return signedIn;
  return storeUse(app, { ...options, judged, now });
}

/** Ends a session that is over, and stores what the use of another one changes. */
async function storeUse(
  app: AppContext,
  { judged, now, session, tokenHash, request, set, isBackground }: UseOptions & Judged,
): Promise<SignedIn | null> {
  const { signedIn, verdict, why } = judged;
  if (why) await endSession(app, { session, request, why });
  if (judged.isUnproved) {
    await noteUnproved(app, { session, request });
    if (isBackground && isHeldUp(request)) throw new RefusedRequest("binding_unavailable");
  }
  if (!signedIn || !verdict) return signedIn;
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
 * Whether a session that a request had is still alive. It is found by its id, not by token: the token of a long request,
 * such as an event stream, is rotated meanwhile and would look stolen.
 */
export async function isSessionAlive(
  app: AppContext,
  { found, request }: { found: FoundSession | null; request: Request },
): Promise<boolean> {
  if (!found) return false;
  const session = withCurrentToken(found);
  const options = { config: app.config, now: app.now(), isBackground: true };
  const { signedIn, why } = judgePerson(session, options);
  if (why) await endSession(app, { session, request, why });
  return signedIn !== null;
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
