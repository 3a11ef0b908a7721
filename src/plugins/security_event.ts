import type { SecurityAct } from "../../db/security_event_store.ts";
import type { Store } from "../../db/store.ts";
import type { AccountEvent } from "../auth/account_event.ts";
import type { SecurityEvent } from "../auth/security_event.ts";
import type { LoginEvents } from "../login_events.ts";
import { type TraceDependencies, traceOf } from "./trace.ts";

/** Google tells its times in whole seconds: what began in the same one is taken for earlier. */
const SECOND_MS = 1000;
const LONGEST_STATE = 100;

/** Does what a security event asks for, records it, and tells the pages of everybody concerned. */
export async function recordSecurityEvent(
  [{ jti, issuedAt, events }, request]: [event: SecurityEvent, request: Request],
  { store, loginEvents, ...deps }: TraceDependencies & { store: Store; loginEvents: LoginEvents },
): Promise<void> {
  const acts = events.map((event) => actOn(event, issuedAt));
  const trace = traceOf(request, { ...deps, actorId: null });
  const userIds = await store.applySecurityEvent({ jti, issuedAt, acts }, trace);
  for (const userId of new Set(userIds)) loginEvents.publish(userId);
}

/**
 * What is done about an event of Google's.
 *
 * @see https://developers.google.com/identity/protocols/risc#supported_event_types
 */
function actOn(event: AccountEvent, issuedAt: number): SecurityAct {
  // Whoever tries the way compares the state with what they were told.
  const state = event.kind === "verification" ? event.state : null;
  const kind = state ? `${event.kind} (${state.slice(0, LONGEST_STATE)})` : event.kind;
  const nothing = { sub: null, kind, endsSessionsBefore: null, disables: null };
  if (!("subject" in event)) return nothing;
  const about = { ...nothing, sub: event.subject.sub };
  const endsSessionsBefore = issuedAt + SECOND_MS;
  switch (event.kind) {
    case "sessions_revoked":
    case "tokens_revoked":
      return { ...about, endsSessionsBefore };
    case "account_disabled":
      // Whatever the reason: nobody may be signed in with an account that there is no more.
      return { ...about, endsSessionsBefore, disables: { reason: event.reason ?? "" } };
    case "account_enabled":
      return { ...about, disables: "lifted" };
    case "credential_change_required":
      return about;
  }
}
