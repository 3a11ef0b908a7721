import { Elysia } from "elysia";

import { peoplePolicy } from "../auth/admission.ts";
import { isRecent } from "../auth/session_policy.ts";
import { RefusedRequest } from "../errors.ts";
import { clearCookie, sessionCookie } from "../http/cookies.ts";
import { requireRecordableExport } from "../http/cross_origin.ts";
import { noStore } from "../http/headers.ts";
import { ACCOUNT, PATHS } from "../paths.ts";
import type { AppContext } from "../session/app_context.ts";
import { auditContextOf } from "../session/audit_context.ts";
import { currentUser, requireMember } from "../session/current_user.ts";
import { requireActingMember } from "../session/page_session.ts";
import { sendContent } from "./content.tsx";
import { leave } from "./sign_in.ts";

/** What people do with their own account; every act answers with the account as it is then. */
export function accountRoutes(app: AppContext) {
  const { store, config, now, log, loginEvents } = app;
  const query = new URLSearchParams();

  return new Elysia()
    .use(currentUser(app))
    .delete(`${PATHS.accountSessions}/:id`, async ({ params, signedIn, request, set }) => {
      const { actor, audit } = requireActingMember({ signedIn, request }, app);
      const session = { userId: actor.user.id, sessionId: params.id };
      if (!(await store.endOwnSession(session, audit))) {
        throw new RefusedRequest("not_found", { detail: "This session is over already." });
      }
      loginEvents.publish(actor.user.id);
      if (params.id === actor.sessionId) return leave(set);
      return sendContent({ name: ACCOUNT, signedIn, query }, { app, request, set });
    })
    .delete(PATHS.accountSessions, async ({ signedIn, request, set }) => {
      const { actor, audit } = requireActingMember({ signedIn, request }, app);
      const isOthersOnly = new URL(request.url).searchParams.get("except") === "this";
      const exceptId = isOthersOnly ? actor.sessionId : null;
      await store.endSessionsOf({ userId: actor.user.id, exceptId }, audit);
      loginEvents.publish(actor.user.id);
      if (!isOthersOnly) return leave(set);
      return sendContent({ name: ACCOUNT, signedIn, query }, { app, request, set });
    })
    .get(PATHS.accountExport, async ({ signedIn, request, set }) => {
      const { user } = requireMember(signedIn);
      requireRecordableExport(request);
      const audit = auditContextOf(request, { app, actorId: user.id });
      const found = await store.exportPerson(user.id, audit);
      log("info", "exported", { actor: user.id, what: "own account" });
      noStore(set);
      set.headers["content-disposition"] = 'attachment; filename="foyer.json"';
      return found;
    })
    .delete(PATHS.account, async ({ signedIn, request, set }) => {
      const { actor, audit } = requireActingMember({ signedIn, request }, app);
      if (!isRecent(actor, now())) throw new RefusedRequest("recent_sign_in_needed");
      const act = { userId: actor.user.id, policy: peoplePolicy(config) };
      const outcome = await store.deletePerson(act, audit);
      if (outcome === "last_administrator") throw new RefusedRequest(outcome);
      log("info", "account_deleted", { user: actor.user.id });
      loginEvents.publish(actor.user.id);
      await clearCookie(set, sessionCookie(config.origin));
      return leave(set);
    });
}
