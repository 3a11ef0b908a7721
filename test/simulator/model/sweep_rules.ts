import type { Answer, Context } from "./ask.ts";
import { forgetTokens } from "./binding_rules.ts";
import { expiryOf, keepReason } from "./reasons.ts";

const DAY_MS = 86_400_000;

/** The server forgets what has expired: sessions, invitations, the memory of refusals, old events. */
export function sweep({ state, settings, ask: { now }, change }: Context): Answer {
  const { forgotten } = state;
  change(() => {
    for (const [value, { until }] of state.reasons) if (until <= now) state.reasons.delete(value);
    for (const session of state.sessions.values()) {
      const { id, idleEndsAt } = session;
      if (idleEndsAt > now) continue;
      if (idleEndsAt + DAY_MS > now) {
        keepReason(state, session, { why: expiryOf(session), from: idleEndsAt });
      }
      state.sessions.delete(id);
    }
    forgetTokens(state, now);
    for (const [nonce, until] of state.keptNonces) {
      if (until > now) continue;
      forgotten.nonces = Math.max(forgotten.nonces, until);
      state.keptNonces.delete(nonce);
    }
    for (const [sub, { revokedAt, isDisabled, keptUntil }] of state.google) {
      if (keptUntil > now || isDisabled) continue;
      forgotten.revocations = Math.max(forgotten.revocations, revokedAt);
      state.google.delete(sub);
    }
    for (const memory of [state.invitations, state.recordedRefusals]) {
      for (const [what, until] of memory) if (until <= now) memory.delete(what);
    }
  });
  change(() => {
    const { log } = state;
    const first = log.times.findIndex((at) => at >= now - settings.auditRetentionMs);
    const count = first < 0 ? log.times.length : first;
    log.times.splice(0, count);
    log.forgotten += count;
  });
  return { status: 0, cookie: "kept" };
}
