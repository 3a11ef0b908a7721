import { Html } from "@elysiajs/html";

import { AccountPage } from "../../views/pages/account.tsx";
import { peoplePolicy } from "../auth/admission.ts";
import { isRecent } from "../auth/session_policy.ts";
import { RefusedRequest } from "../errors.ts";
import { clearCookie, sessionCookie } from "../http/cookies.ts";
import { requireRecordableExport } from "../http/cross_origin.ts";
import { answerSignedOut, NO_STORE } from "../http/headers.ts";
import { allowedPicture } from "../http/security_headers.ts";
import { ACCOUNT, PATHS } from "../paths.ts";
import { describeSession } from "./describe_session.ts";
import type { MemberContext, MemberPage, PageRoutes, RouteContext } from "./page.ts";

type Context = MemberContext & RouteContext;

/** A person's own account: their sessions and their data. */
export const ACCOUNT_PAGE: MemberPage = {
  name: ACCOUNT,
  title: "Your account",
  description: "Devices, security and your data.",
  audience: "members",
  address: PATHS.account,
  // The name in the navigation bar links to it.
  isHiddenInMenu: true,
  draw: drawAccount,
  routes: (page) => {
    page.delete("/sessions/:id", (context) => endSession(context, page));
    page.delete("/sessions", (context) => endSessions(context, page));
    page.get("/export", exportAccount);
    page.delete("", deleteAccount);
  },
};

async function drawAccount({ store, config, now, signedIn }: MemberContext): Promise<string> {
  const { user, sessionId, createdAt } = signedIn;
  const found = await store.listSessions({ userId: user.id, now: now() });
  const sessions = found.map((session) => describeSession(session, sessionId));
  const person = {
    name: user.name,
    email: user.email,
    picture: allowedPicture(user.picture, config),
    createdAt: (await store.findPerson(user.id))?.createdAt ?? createdAt,
  };
  const method = sessions.find(({ isThisOne }) => isThisOne)?.method ?? "";
  return (
    <AccountPage
      person={person}
      signedInAt={createdAt}
      method={method}
      sessions={sessions}
      isRecent={isRecent(signedIn, now())}
    />
  );
}

async function endSession(
  { store, loginEvents, signedIn, params, audit, set }: Context,
  page: PageRoutes<MemberContext>,
) {
  const { id = "" } = params;
  const userId = signedIn.user.id;
  if (!(await store.endOwnSession({ userId, sessionId: id }, audit))) {
    throw new RefusedRequest("not_found", { detail: "This session is over already." });
  }
  loginEvents.publish(userId);
  return id === signedIn.sessionId ? answerSignedOut(set) : page.redraw();
}

async function endSessions(
  { store, loginEvents, signedIn, query, audit, set }: Context,
  page: PageRoutes<MemberContext>,
) {
  const isOthersOnly = query.get("except") === "this";
  const exceptId = isOthersOnly ? signedIn.sessionId : null;
  await store.endSessionsOf({ userId: signedIn.user.id, exceptId }, audit);
  loginEvents.publish(signedIn.user.id);
  return isOthersOnly ? page.redraw() : answerSignedOut(set);
}

async function exportAccount({ store, log, signedIn, request, audit }: Context) {
  requireRecordableExport(request);
  const found = await store.exportPerson(signedIn.user.id, audit);
  log("info", "exported", { actor: signedIn.user.id, what: "own account" });
  const headers = { ...NO_STORE, "content-disposition": 'attachment; filename="foyer.json"' };
  return Response.json(found, { headers });
}

async function deleteAccount(context: Context) {
  const { store, config, log, loginEvents, now, signedIn, audit, set } = context;
  if (!isRecent(signedIn, now())) throw new RefusedRequest("recent_sign_in_needed");
  const act = { userId: signedIn.user.id, policy: peoplePolicy(config) };
  const outcome = await store.deletePerson(act, audit);
  if (outcome === "last_administrator") throw new RefusedRequest(outcome);
  log("info", "account_deleted", { user: signedIn.user.id });
  loginEvents.publish(signedIn.user.id);
  await clearCookie(set, sessionCookie(config.origin));
  return answerSignedOut(set);
}
