import { Elysia } from "elysia";

import { readChallenge } from "../auth/binding_challenge.ts";
import { checkProof, unquote } from "../auth/device_proof.ts";
import { isDatabaseError } from "../errors.ts";
import type { BindingOutcome } from "../http/counts.ts";
import { type HeaderSet, noStore } from "../http/headers.ts";
import { PATHS } from "../paths.ts";
import type { AppContext } from "../session/app_context.ts";
import { recordFault } from "../session/unproved.ts";
import {
  type BindableSession,
  createBoundToken,
  findBindable,
  sendChallenge,
} from "./find_session.ts";

/** The status of each outcome. After 401 the browser forgets its key, after 503 it asks again. */
const STATUS = { refreshed: 200, challenged: 403, unknown: 401, refused: 401, busy: 503 } as const;

type RefreshOutcome = keyof typeof STATUS & BindingOutcome;

/**
 * Gives the device of a bound session its next bound token. Browsers hold back the person's request until this answer is
 * there. Nothing here throws: an error page may be a 4xx, which unbinds.
 *
 * @see https://w3c.github.io/webappsec-dbsc/#session-refresh
 */
export function refreshRoutes(app: AppContext) {
  const { config, signatures, store, now } = app;
  const audience = config.origin + PATHS.bindingRefresh;

  return new Elysia().post(
    PATHS.bindingRefresh,
    async ({ request, set }) => {
      noStore(set);
      const outcome = app.isStopping() ? "busy" : await attempt(request, set);
      app.counts.countBinding(outcome);
      set.status = STATUS[outcome];
      return "";
    },
    { parse: "none" },
  );

  async function attempt(request: Request, set: HeaderSet): Promise<RefreshOutcome> {
    try {
      return await refresh(request, set);
    } catch (error) {
      const cause = isDatabaseError(error) ? error.message : String(error);
      app.logOf(request)("error", "binding_not_refreshed", { cause });
      return "busy";
    }
  }

  async function refresh(request: Request, set: HeaderSet): Promise<RefreshOutcome> {
    const found = await findBindable(app, request);
    const id = unquote(request.headers.get("sec-secure-session-id") ?? "");
    if (!found || id !== found.session.id || found.binding.key === null) return "unknown";
    const proof = request.headers.get("secure-session-response");
    if (proof === null) return challenge(set, { ...found, isSigned: false });
    const { session, binding } = found;
    const { key, secret } = binding;
    const signed = { ...found, isSigned: true };
    const verdict = await checkProof(proof, { signatures, key, audience });
    if (!verdict.isGood) {
      const [sessionId, userId, { why }] = [session.id, session.user.id, verdict];
      await recordFault(app, { kind: "binding_refused", sessionId, userId, request, why });
      return "refused";
    }
    const of = { secret, purpose: "refresh", now: now() } as const;
    const challengedAt = readChallenge(verdict.challenge, of);
    if (challengedAt === null) return challenge(set, signed);
    if (app.limits.isRenewedTooOften(session.id)) return "busy";
    const token = createBoundToken(app, session);
    const renewal = { ...token.stored, challengedAt, now: now() };
    if (!(await store.renewBinding(renewal))) return challenge(set, signed);
    await token.send(set);
    sendChallenge(set, { session, binding: { ...binding, challengedAt }, now: now() });
    return "refreshed";
  }

  function challenge(
    set: HeaderSet,
    { isSigned, ...found }: BindableSession & { isSigned: boolean },
  ): RefreshOutcome {
    if (app.limits.isChallengedTooOften(found.session.id, { isSigned })) return "busy";
    sendChallenge(set, { ...found, now: now() });
    return "challenged";
  }
}
