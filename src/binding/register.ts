import { Elysia } from "elysia";

import { readChallenge } from "../auth/binding_challenge.ts";
import { checkProof } from "../auth/device_proof.ts";
import { BOUND_ATTRIBUTES, boundCookie } from "../http/cookies.ts";
import { type HeaderSet, noStore } from "../http/headers.ts";
import { PATHS } from "../paths.ts";
import type { AppContext } from "../session/app_context.ts";
import { auditContextOf } from "../session/audit_context.ts";
import { recordFault } from "../session/unproved.ts";
import { createBoundToken, findBindable, sendChallenge } from "./find_session.ts";

/** What of our origin is not private: its requests need not wait for a key. The sign-in begins another session. */
const NOT_COVERED = [
  PATHS.assets,
  PATHS.page,
  PATHS.health,
  PATHS.login,
  PATHS.google,
  PATHS.callback,
];

/**
 * Binds a session that has just begun to the key that its browser brings. Whatever is wrong, the session stays as it is.
 *
 * @see https://w3c.github.io/webappsec-dbsc/#session-registration
 */
export function registerRoutes(app: AppContext) {
  const { config, signatures, store, now } = app;
  const audience = config.origin + PATHS.binding;

  return new Elysia().post(
    PATHS.binding,
    async ({ request, set }) => {
      noStore(set);
      const sessionId = await bind(request, set);
      set.status = sessionId === null ? 400 : 200;
      set.headers["content-type"] = "application/json";
      return sessionId === null ? "{}" : JSON.stringify(describeSession(sessionId, config));
    },
    { parse: "none" },
  );

  /** The id of the session that is bound now, or `null`. */
  async function bind(request: Request, set: HeaderSet): Promise<string | null> {
    const found = await findBindable(app, request);
    const proof = request.headers.get("secure-session-response");
    if (!found || proof === null) return null;
    const { session, binding } = found;
    const { id: sessionId, user } = session;
    const verdict = await checkProof(proof, { signatures, key: null, audience });
    const { secret } = binding;
    const isOurs =
      verdict.isGood &&
      readChallenge(verdict.challenge, { secret, purpose: "register", now: now() }) !== null;
    if (!isOurs) {
      const why = verdict.isGood ? "its challenge is not ours, or too old" : verdict.why;
      const fault = { kind: "binding_refused", sessionId, userId: user.id, request, why } as const;
      await recordFault(app, fault);
      app.counts.countBinding("refused");
      return null;
    }
    if (app.limits.isRenewedTooOften(sessionId)) return null;
    const token = createBoundToken(app, session);
    const audit = auditContextOf(request, { app, actorId: user.id });
    const bound = { ...token.stored, userId: user.id, key: verdict.key };
    if (!(await store.bindSession(bound, audit))) return null;
    await token.send(set);
    sendChallenge(set, { ...found, now: now() });
    app.counts.countBinding("bound");
    app.logOf(request)("info", "session_bound", { session: sessionId, user: user.id });
    return sessionId;
  }
}

function describeSession(sessionId: string, { origin }: { origin: string }) {
  const domain = new URL(origin).hostname;
  const rules = NOT_COVERED.map((path) => ({ type: "exclude", domain, path }));
  const credential = { type: "cookie", name: boundCookie().name, attributes: BOUND_ATTRIBUTES };
  return {
    session_identifier: sessionId,
    refresh_url: PATHS.bindingRefresh,
    scope: { origin, include_site: false, scope_specification: rules },
    credentials: [credential],
    allowed_refresh_initiators: [],
  };
}
