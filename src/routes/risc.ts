import { Elysia } from "elysia";

import type { SecurityAct } from "../../db/contract/security_event.ts";
import type { AccountEvent } from "../auth/account_event.ts";
import { type SecurityEvent, verifySecurityEvent } from "../auth/security_event.ts";
import { SecurityEventError } from "../errors.ts";
import { mediaTypeOf, readBody } from "../http/form.ts";
import { NO_STORE } from "../http/headers.ts";
import { PATHS } from "../paths.ts";
import type { AppContext } from "../session/app_context.ts";
import { auditContextOf } from "../session/audit_context.ts";

const TOKEN_TYPE = "application/secevent+jwt";

/** Google's times are whole seconds. A session that began in the same second counts as earlier. */
const SECOND_MS = 1000;
const MAX_STATE_LENGTH = 100;

/**
 * Cross-Account Protection: receives Google's security events about our users. An event is acknowledged only
 * after it is recorded. An error before that makes Google deliver the event again.
 *
 * @see https://www.rfc-editor.org/rfc/rfc8935#section-2
 */
export function riscRoutes(app: AppContext) {
  const { config, googleKeys, signatures, now, logOf, limits } = app;
  const verification = { keys: googleKeys, signatures, clientId: config.googleClientId, now };

  return new Elysia().post(
    PATHS.risc,
    async ({ request }) => {
      limits.countCheck("security_event", request);
      const event = await limits.attempt("security_event", request, async () =>
        verifySecurityEvent(await readToken(request), verification),
      );
      const userIds = await applySecurityEvent(event, { app, request });
      const kinds = event.events.map(({ kind }) => kind).join(" ");
      logOf(request)("info", "security_event", { kinds, users: userIds.join(" ") });
      return new Response(null, { status: 202, headers: NO_STORE });
    },
    { parse: "none" },
  );
}

/** @see https://www.rfc-editor.org/rfc/rfc8935#section-2.1 */
async function readToken(request: Request): Promise<string> {
  if (mediaTypeOf(request) !== TOKEN_TYPE) {
    throw new SecurityEventError("invalid_request", `The Content-Type must be ${TOKEN_TYPE}`);
  }
  return new TextDecoder().decode(await readBody(request));
}

/** Applies and records a security event, and notifies the open pages of the users it concerns. Returns their ids. */
async function applySecurityEvent(
  { jti, issuedAt, events }: SecurityEvent,
  { app, request }: { app: AppContext; request: Request },
): Promise<string[]> {
  const acts = events.map((event) => actOn(event, issuedAt));
  const audit = auditContextOf(request, { app, actorId: null });
  const userIds = new Set(await app.store.applySecurityEvent({ jti, issuedAt, acts }, audit));
  for (const userId of userIds) app.loginEvents.publish(userId);
  return [...userIds];
}

/**
 * Decides what an event from Google requires.
 *
 * @see https://developers.google.com/identity/protocols/risc#supported_event_types
 */
function actOn(event: AccountEvent, issuedAt: number): SecurityAct {
  // A person who sends a test event compares this state with the one they sent.
  const state = event.kind === "verification" ? event.state : null;
  const kind = state ? `${event.kind} (${state.slice(0, MAX_STATE_LENGTH)})` : event.kind;
  const nothing = { sub: null, kind, endsSessionsBefore: null, disables: null };
  if (!("subject" in event)) return nothing;
  const about = { ...nothing, sub: event.subject.sub };
  const endsSessionsBefore = issuedAt + SECOND_MS;
  switch (event.kind) {
    case "sessions_revoked":
    case "tokens_revoked":
      return { ...about, endsSessionsBefore };
    case "account_disabled":
      // For any reason: a disabled Google account must not stay signed in.
      return { ...about, endsSessionsBefore, disables: { reason: event.reason ?? "" } };
    case "account_enabled":
      return { ...about, disables: "lifted" };
    case "credential_change_required":
      return about;
  }
}
