import { Elysia } from "elysia";

import type { ActOutcome, PersonAct } from "../../db/contract/people.ts";
import { isConfiguredAdmin, peoplePolicy } from "../auth/admission.ts";
import { readEmailAddress } from "../auth/email_address.ts";
import { isRecent } from "../auth/session_policy.ts";
import { RefusedRequest } from "../errors.ts";
import { clearCookie, sessionCookie } from "../http/cookies.ts";
import { readForm, readText } from "../http/form.ts";
import type { HeaderSet } from "../http/headers.ts";
import { readQuery } from "../http/query.ts";
import { noSuchPerson } from "../pages/people.tsx";
import { DESK, pagePath, PATHS } from "../paths.ts";
import type { AppContext } from "../session/app_context.ts";
import { currentUser } from "../session/current_user.ts";
import { type ActContext, type Acting, requireActingAdmin } from "../session/page_session.ts";
import { readSession } from "../session/read_session.ts";
import { sendContent } from "./content.tsx";
import { leave } from "./sign_in.ts";

interface DeskContext extends ActContext {
  params: { id: string };
  set: HeaderSet;
}

type Act = (act: PersonAct, acting: Acting) => Promise<ActOutcome>;

/** A body is left to the handler, most of which need none; Elysia would read it, of any size. */
const UNREAD_BODY = { parse: "none" } as const;

/** What administrators do with people; every act answers with the desk as it is then. */
export function deskRoutes(app: AppContext) {
  const { store, config, now, log, loginEvents } = app;
  const person = `${PATHS.people}/:id` as const;

  /** What can be done with a person, by the name that the log has for it. */
  const acts = {
    disable: (act, { audit }) => store.disable(act, audit),
    enable: (act, { audit }) => store.enable(act, audit),
    add_admin: (act, { audit }) => store.addAdmin(act, audit),
    remove_admin: removeAdmin,
    end_sessions: endSessions,
    delete: deletePerson,
  } satisfies Record<string, Act>;

  return new Elysia()
    .use(currentUser(app))
    .put(`${person}/disabled`, (context) => actOn(context, "disable"), UNREAD_BODY)
    .delete(`${person}/disabled`, (context) => actOn(context, "enable"), UNREAD_BODY)
    .put(`${person}/administrator`, (context) => actOn(context, "add_admin"), UNREAD_BODY)
    .delete(`${person}/administrator`, (context) => actOn(context, "remove_admin"), UNREAD_BODY)
    .delete(`${person}/sessions`, (context) => actOn(context, "end_sessions"), UNREAD_BODY)
    .delete(person, (context) => actOn(context, "delete"), UNREAD_BODY)
    .post(
      PATHS.invitations,
      async ({ signedIn, request, set }) => {
        requireActingAdmin({ signedIn, request }, app);
        const email = readAddress(readText(await readForm(request), "email"));
        // A form may take its time, and its sender be disabled meanwhile.
        const present = await readSession(app, { request, set, isBackground: true });
        const { audit } = requireActingAdmin({ signedIn: present, request }, app);
        await store.invite(email, audit);
        log("info", "admin_act", { act: "invite", actor: audit.actorId });
        return sendDesk({ signedIn, request, set }, shownQuery(request));
      },
      UNREAD_BODY,
    )
    .delete(PATHS.invitations, async ({ signedIn, request, set }) => {
      const { audit } = requireActingAdmin({ signedIn, request }, app);
      const email = readQuery(new URL(request.url).searchParams, "email", 254);
      const isRevoked = await store.revokeInvitation(email, audit);
      if (!isRevoked) {
        throw new RefusedRequest("not_found", { detail: "This invitation is not there any more." });
      }
      log("info", "admin_act", { act: "revoke_invitation", actor: audit.actorId });
      return sendDesk({ signedIn, request, set }, shownQuery(request));
    });

  /** Acts on a person, and tells their open pages; the answer is their page, or everybody's if they are gone. */
  async function actOn({ params, ...context }: DeskContext, name: keyof typeof acts) {
    const acting = requireActingAdmin(context, app);
    const userId = params.id;
    const outcome = await acts[name]({ userId, policy: peoplePolicy(config) }, acting);
    if (outcome === "not_found") throw noSuchPerson();
    if (outcome === "last_administrator") throw new RefusedRequest(outcome);
    if (outcome === "done") {
      log("info", "admin_act", { act: name, actor: acting.actor.user.id, user: userId });
      loginEvents.publish(userId);
    }
    const isGone = (await store.findPerson(userId)) === null;
    if (userId === acting.actor.user.id && outcome === "done") {
      // Who has acted on themselves may see less from now on.
      if (isGone) await clearCookie(context.set, sessionCookie(config.origin));
      return leave(context.set);
    }
    if (!isGone) return sendDesk(context, new URLSearchParams({ person: userId }));
    context.set.headers["hx-replace-url"] = pagePath(DESK);
    return sendDesk(context, new URLSearchParams());
  }

  async function deletePerson(act: PersonAct, { actor, audit }: Acting): Promise<ActOutcome> {
    const isOwn = act.userId === actor.user.id;
    if (isOwn && !isRecent(actor, now())) throw new RefusedRequest("recent_sign_in_needed");
    return store.deletePerson(act, audit);
  }

  async function removeAdmin(act: PersonAct, { audit }: Acting): Promise<ActOutcome> {
    const found = await store.findPerson(act.userId);
    if (found && found.adminSince === null && isConfiguredAdmin(found, config)) {
      throw new RefusedRequest("administrator_by_configuration");
    }
    return store.removeAdmin(act, audit);
  }

  async function endSessions({ userId }: PersonAct, { audit }: Acting) {
    if ((await store.findPerson(userId)) === null) return "not_found";
    return (await store.endSessionsOf({ userId, exceptId: null }, audit)) > 0
      ? "done"
      : "unchanged";
  }

  function sendDesk(
    { signedIn, request, set }: Omit<DeskContext, "params">,
    query: URLSearchParams,
  ) {
    return sendContent({ name: DESK, signedIn, query }, { app, request, set });
  }
}

/** What the address of the page that asks says behind its question mark. */
function shownQuery(request: Request): URLSearchParams {
  const shown = URL.parse(request.headers.get("hx-current-url") ?? "");
  return new URLSearchParams(shown?.search);
}

/** An address as invitations have it, in ASCII lower case. Throws `bad_parameter`. */
function readAddress(text: string): string {
  const email = readEmailAddress(text.trim());
  if (email !== null) return email;
  throw new RefusedRequest("bad_parameter", {
    detail: "That is not an address like ada@example.com.",
  });
}
