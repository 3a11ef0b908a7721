import { Html } from "@elysiajs/html";

import type { ActOutcome, PersonAct } from "../../db/contract/people.ts";
import { AdminPersonPage } from "../../views/pages/admin_person.tsx";
import { isConfiguredAdmin, peoplePolicy } from "../auth/admission.ts";
import { isRecent } from "../auth/session_policy.ts";
import { RefusedRequest } from "../errors.ts";
import { clearCookie, sessionCookie } from "../http/cookies.ts";
import { answerSignedOut } from "../http/headers.ts";
import { allowedPicture } from "../http/security_headers.ts";
import { ADMIN, pagePath } from "../paths.ts";
import { describeEvents } from "./audit_log.tsx";
import { describeSession } from "./describe_session.ts";
import type { MemberContext, PageRoutes, RouteContext } from "./page.ts";

type Context = MemberContext & RouteContext;
type Act = (act: PersonAct, context: Context) => Promise<ActOutcome>;

const HISTORY_LENGTH = 50;

/** Draws one person for administrators. Throws `not_found`. */
export async function drawPerson(id: string, context: MemberContext): Promise<string> {
  const { store, config, now, signedIn } = context;
  const person = await store.findPerson(id);
  if (!person) throw noSuchPerson();
  const sessions = await store.listSessions({ userId: id, now: now() });
  const events = await store.listEvents({ personId: id, limit: HISTORY_LENGTH });
  const picture = allowedPicture(person.picture, config);
  return (
    <AdminPersonPage
      person={{ ...person, picture, isConfiguredAdmin: isConfiguredAdmin(person, config) }}
      sessions={sessions.map((session) => describeSession(session, signedIn.sessionId))}
      events={await describeEvents(events, store)}
    />
  );
}

/** Adds the acts of administrators on a person. */
export function addPersonRoutes(page: PageRoutes<MemberContext>): void {
  const person = "/people/:id";
  page.put(`${person}/disabled`, actWith("disable"));
  page.delete(`${person}/disabled`, actWith("enable"));
  page.put(`${person}/administrator`, actWith("add_admin"));
  page.delete(`${person}/administrator`, actWith("remove_admin"));
  page.delete(`${person}/sessions`, actWith("end_sessions"));
  page.delete(person, actWith("delete"));

  function actWith(name: keyof typeof ACTS) {
    return (context: Context) => actOn(context, { name, page });
  }
}

/** The acts, by their names in the log. */
const ACTS = {
  disable: (act, { store, audit }) => store.disable(act, audit),
  enable: (act, { store, audit }) => store.enable(act, audit),
  add_admin: (act, { store, audit }) => store.addAdmin(act, audit),
  remove_admin: removeAdmin,
  end_sessions: endSessions,
  delete: deletePerson,
} satisfies Record<string, Act>;

/** Acts on a person and notifies their open pages. Answers with the person's page, or the list after deletion. */
async function actOn(
  context: Context,
  { name, page }: { name: keyof typeof ACTS; page: PageRoutes<MemberContext> },
) {
  const { store, config, log, loginEvents, signedIn, params, set } = context;
  const { id: userId = "" } = params;
  const outcome = await ACTS[name]({ userId, policy: peoplePolicy(config) }, context);
  if (outcome === "not_found") throw noSuchPerson();
  if (outcome === "last_administrator") throw new RefusedRequest(outcome);
  if (outcome === "done") {
    log("info", "admin_act", { act: name, actor: signedIn.user.id, user: userId });
    loginEvents.publish(userId);
  }
  const isGone = (await store.findPerson(userId)) === null;
  if (userId === signedIn.user.id && outcome === "done") {
    // An administrator who acts on themselves may lose access to this page.
    if (isGone) await clearCookie(set, sessionCookie(config.origin));
    return answerSignedOut(set);
  }
  if (!isGone) return page.redraw({ person: userId });
  set.headers["hx-replace-url"] = pagePath(ADMIN);
  return page.redraw({});
}

async function deletePerson(act: PersonAct, { store, now, signedIn, audit }: Context) {
  const isOwn = act.userId === signedIn.user.id;
  if (isOwn && !isRecent(signedIn, now())) throw new RefusedRequest("recent_sign_in_needed");
  return store.deletePerson(act, audit);
}

async function removeAdmin(act: PersonAct, { store, config, audit }: Context) {
  const found = await store.findPerson(act.userId);
  if (found && found.adminSince === null && isConfiguredAdmin(found, config)) {
    throw new RefusedRequest("administrator_by_configuration");
  }
  return store.removeAdmin(act, audit);
}

async function endSessions({ userId }: PersonAct, { store, audit }: Context): Promise<ActOutcome> {
  if ((await store.findPerson(userId)) === null) return "not_found";
  const count = await store.endSessionsOf({ userId, exceptId: null }, audit);
  return count > 0 ? "done" : "unchanged";
}

function noSuchPerson(): RefusedRequest {
  return new RefusedRequest("not_found", { detail: "This person has no account here any more." });
}
