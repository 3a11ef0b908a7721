import type { ActOutcome, PersonAct } from "../../db/contract/people.ts";
import type { PersonSummary } from "../../db/contract/people_list.ts";
import type { Undo } from "../../views/act_button.tsx";
import { isConfiguredAdmin, peoplePolicy } from "../auth/admission.ts";
import { RefusedRequest } from "../errors.ts";
import { answerOwnChange } from "../http/headers.ts";
import { ADMIN_PEOPLE, pagePath, PATHS } from "../paths.ts";
import { clearSessionCookies } from "../session/session_cookies.ts";
import type { MemberContext, PageRoutes, RouteContext } from "./page.ts";
import { noSuchPerson } from "./person.tsx";
import { sayDone } from "./say_done.ts";
import { sendSignedOut } from "./signed_out.tsx";

type Context = MemberContext & RouteContext;
type Subject = { person: PersonSummary; act: PersonAct };
/** `done` says in words what was done; `undo` is what takes it back, where there is such an act. */
type Act = (
  subject: Subject,
  context: Context,
) => Promise<{ outcome: ActOutcome; done: string; undo?: Undo }>;

/** A copied cookie alone gives nobody the admin role, and locks nobody out. */
const FRESH = { needsRecentSignIn: true };

/** Adds the acts of administrators on a person. */
export function addPersonRoutes(page: PageRoutes<MemberContext>): void {
  page.put("/:id/disabled", actWith("disable"), FRESH);
  page.delete("/:id/disabled", actWith("enable"), FRESH);
  page.put("/:id/administrator", actWith("add_admin"), FRESH);
  page.delete("/:id/administrator", actWith("remove_admin"), FRESH);
  page.delete("/:id/sessions", actWith("end_sessions"));
  page.delete("/:id", actWith("delete"), FRESH);

  function actWith(name: keyof typeof ACTS) {
    return (context: Context) => actOn(context, { name, page });
  }
}

/** Acts on a person and notifies their open pages. Answers with the person's page, or the list after deletion. */
async function actOn(
  context: Context,
  { name, page }: { name: keyof typeof ACTS; page: PageRoutes<MemberContext> },
) {
  const { store, config, log, loginEvents, signedIn, params, set, words } = context;
  const { id: userId = "" } = params;
  const person = await store.findPerson(userId);
  if (!person) throw noSuchPerson(words);
  const policy = peoplePolicy(config);
  const act: Act = ACTS[name];
  const { outcome, done, undo } = await act({ person, act: { userId, policy } }, context);
  if (outcome === "not_found") throw noSuchPerson(words);
  if (outcome === "last_administrator") throw new RefusedRequest(outcome);
  if (outcome === "done") {
    log("info", "admin_act", { act: name, actor: signedIn.user.id, user: userId });
    loginEvents.publish(userId);
  }
  const isGone = (await store.findPerson(userId)) === null;
  if (userId === signedIn.user.id && outcome === "done") {
    if (isGone) await clearSessionCookies(set, config);
    if (isGone) return sendSignedOut("deleted", context);
    const isOver = (await store.findSessionById(signedIn.sessionId)) === null;
    if (isOver) return sendSignedOut({ name: person.name, left: null }, context);
    // An administrator who gives up the role may not open this page any more.
    return answerOwnChange(set);
  }
  if (outcome === "done") sayDone(set, done, undo ? { undo } : {});
  if (!isGone) return page.redraw({ person: userId });
  set.headers["hx-replace-url"] = pagePath(ADMIN_PEOPLE);
  return page.redraw({});
}

/** The acts, by their names in the log. */
const ACTS = {
  disable,
  enable: async ({ act }, { store, audit, words }) => ({
    outcome: await store.enable(act, audit),
    done: words.person.done.enabled,
  }),
  add_admin: async ({ person, act }, { store, audit, words }) => ({
    outcome: await store.addAdmin(act, audit),
    done: words.person.done.isAdmin(person.name),
    undo: { method: "delete", path: adminPath(person) },
  }),
  remove_admin: removeAdmin,
  end_sessions: endSessions,
  delete: deletePerson,
} satisfies Record<string, Act>;

async function disable({ act }: Subject, { store, now, audit, words }: Context) {
  const { length: count } = await store.listSessions({ userId: act.userId, now: now() });
  const outcome = await store.disable(act, audit);
  const { disabled, disabledOn } = words.person.done;
  const undo: Undo = { method: "delete", path: `${PATHS.people}/${act.userId}/disabled` };
  return { outcome, done: count > 0 ? disabledOn(count) : disabled, undo };
}

async function deletePerson({ person, act }: Subject, { store, audit, words }: Context) {
  return {
    outcome: await store.deletePerson(act, audit),
    done: words.person.done.deleted(person.name),
  };
}

async function removeAdmin({ person, act }: Subject, { store, config, audit, words }: Context) {
  if (person.adminSince === null && isConfiguredAdmin(person, config)) {
    throw new RefusedRequest("administrator_by_configuration");
  }
  const undo: Undo = { method: "put", path: adminPath(person) };
  const { adminRemoved: done } = words.person.done;
  return { outcome: await store.removeAdmin(act, audit), done, undo };
}

function adminPath({ id }: PersonSummary): string {
  return `${PATHS.people}/${id}/administrator`;
}

async function endSessions({ act: { userId } }: Subject, context: Context) {
  const { store, audit, signedIn, words } = context;
  const { sessionId: thisId } = signedIn;
  const count = await store.endSessionsOf({ userId, exceptId: null, thisId }, audit);
  const outcome: ActOutcome = count > 0 ? "done" : "unchanged";
  return { outcome, done: words.person.done.signedOut(count) };
}
