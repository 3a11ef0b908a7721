import type { SessionEnd } from "../../../db/contract/session_end.ts";
import { type Answer, type Context, refuse } from "./ask.ts";
import type { Session, State } from "./state.ts";

const DAY_MS = 86_400_000;

/**
 * Keeps for a day why a session ended, for whoever holds a value of its cookie that counted. After a theft, all who
 * hold one are told.
 */
export function keepReason(
  { reasons }: State,
  { personId, tokens, isEndedByAdmin }: Session,
  { why, from }: { why: SessionEnd; from: number },
): void {
  if (isEndedByAdmin) return;
  for (const [value, { replacedAt }] of tokens) {
    if (replacedAt !== null && why !== "suspicion") continue;
    if (!reasons.has(value)) reasons.set(value, { why, until: from + DAY_MS, personId });
  }
}

/** Why a session ends by itself. */
export function expiryOf({ idleEndsAt, expiresAt }: Session): "idle" | "too_old" {
  return idleEndsAt < expiresAt ? "idle" : "too_old";
}

/** Nobody is signed in. A page says why the session ended, once; other answers carry the reason until then. */
export function refuseStranger({ state, ask, change }: Context): Answer {
  const { reasons } = state;
  const token = ask.token ?? "";
  const kept = reasons.get(token);
  const reason = kept && kept.until > ask.now ? kept.why : null;
  if (reason !== null && ask.wish.kind === "look") change(() => reasons.delete(token));
  return { ...refuse(401, "not_signed_in"), reason };
}
