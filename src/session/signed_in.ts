import type { SessionRecord, User } from "../../db/contract/session.ts";
import type { SessionEnd } from "../../db/contract/session_end.ts";
import { admit } from "../auth/admission.ts";
import {
  type Alive,
  endByIdling,
  endOfProof,
  isUnproved,
  judgeSession,
} from "../auth/session_policy.ts";
import type { Config } from "../config.ts";

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
  /** Until when the device is proved, in milliseconds since 1970; `null` if the session is not bound to one. */
  provedUntil: number | null;
  /** How the person signed in to Google; `null`: Google did not say. */
  amr: readonly string[] | null;
}

/** A session that was found by its id, as if its current tokens were presented. */
export function withCurrentToken(found: Omit<SessionRecord, "token">): SessionRecord {
  const { generation } = found;
  return { ...found, token: { generation, supersededAt: null, boundUntil: Infinity } };
}

/** Who is signed in with a session; with `why`, it is over. */
export interface Judgement {
  signedIn: SignedIn | null;
  /** The session is bound, and its device has not proved itself: it may be a thief's request. */
  isUnproved?: true;
  verdict?: Alive;
  why?: SessionEnd;
}

/** Judges a session and its person at the time `now`, and changes nothing. */
export function judgePerson(
  session: SessionRecord,
  { config, now, isBackground }: { config: Config; now: number; isBackground: boolean },
): Judgement {
  const verdict = judgeSession(session, { now, limits: config, isBackground });
  // What is over for everybody needs no proof: the browser of a person who was away cannot give one any more.
  if (verdict.state !== "alive") return { signedIn: null, why: verdict.state };
  const isNobodys = isUnproved(session, now);
  if (session.endedByAdminAt !== null) {
    // Until the session would have expired, the person still learns that an admin has disabled the account.
    const disabled = describe(session, { isAdmin: false, idleEndsAt: null });
    return { signedIn: session.user.disabledAt === null || isNobodys ? null : disabled };
  }
  if (isNobodys) return { signedIn: null, isUnproved: true };
  const admission = admit(session.user, config);
  if (session.user.googleDisabledAt !== null) return { signedIn: null, why: "google" };
  if (!admission.admitted) return { signedIn: null, why: "policy" };
  const isAdmin = admission.isAdmin || session.user.adminSince !== null;
  const idleEndsAt = endByIdling(session, config);
  return { signedIn: describe(session, { isAdmin, idleEndsAt }), verdict };
}

function describe(
  session: SessionRecord,
  { isAdmin, idleEndsAt }: Pick<SignedIn, "isAdmin" | "idleEndsAt">,
): SignedIn {
  const { id: sessionId, user, createdAt, expiresAt, amr } = session;
  const provedUntil = endOfProof(session);
  return { user, sessionId, createdAt, expiresAt, amr, provedUntil, isAdmin, idleEndsAt };
}
