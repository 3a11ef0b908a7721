import { Html } from "@elysiajs/html";

import { INVITATION_DAYS } from "../../db/contract/people.ts";
import type { Undo } from "../../views/act_button.tsx";
import { InvitationsPage } from "../../views/pages/invitations.tsx";
import { admit } from "../auth/admission.ts";
import { readEmailAddress } from "../auth/email_address.ts";
import { RefusedRequest } from "../errors.ts";
import { readText } from "../http/form.ts";
import { readQuery } from "../http/query.ts";
import { ADMIN_INVITATIONS, PATHS } from "../paths.ts";
import type { MemberContext, MemberPage, PageRoutes, RouteContext } from "./page.ts";
import { sayDone } from "./say_done.ts";

type Context = MemberContext & RouteContext;

/** The invitations, which let people create an account while sign-up is closed. */
export const INVITATIONS_PAGE: MemberPage = {
  name: ADMIN_INVITATIONS,
  title: ({ invitations }) => invitations.title,
  audience: "admins",
  address: PATHS.invitations,
  isHiddenInMenu: true,
  draw: async ({ store, config, now, words }) => (
    <InvitationsPage
      signUp={config.signUp}
      origin={config.origin}
      days={INVITATION_DAYS}
      words={words}
      invitations={await store.listInvitations(now())}
    />
  ),
  routes: (page) => {
    page.post("", (context) => invite(context, page));
    page.delete("", (context) => revokeInvitation(context, page));
  },
};

async function invite(context: Context, page: PageRoutes<MemberContext>) {
  const { store, log, form, set, audit, words } = context;
  const { badEmail, done } = words.invitations;
  const email = readEmailAddress(readText(form, "email").trim());
  const refusal = email === null ? badEmail : whyUseless(email, context);
  if (email === null || refusal) {
    throw new RefusedRequest("bad_parameter", refusal ? { detail: refusal } : {});
  }
  const isNew = await store.invite(email, audit);
  if (isNew) log("info", "admin_act", { act: "invite", actor: audit.actorId });
  if (isNew) sayDone(set, done.added(email), { undo: revocationOf(email) });
  else sayDone(set, done.already(email));
  return page.redraw();
}

function revocationOf(email: string): Undo {
  return { method: "delete", path: `${PATHS.invitations}?${new URLSearchParams({ email })}` };
}

/** Why nobody with this address could sign in, or `null`. */
function whyUseless(email: string, { config, words }: Context): string | null {
  const { otherDomain, notAllowed } = words.invitations;
  const domain = email.slice(email.indexOf("@") + 1);
  // Google tells at the sign-in whether it hosts the domain. Here it is taken for granted.
  const hostedDomain = domain === "gmail.com" ? null : domain;
  const isOtherOrganization =
    config.googleHostedDomain !== null && domain === "gmail.com" && !config.adminEmails.has(email);
  if (isOtherOrganization) {
    return otherDomain(email, config.googleHostedDomain ?? "");
  }
  // An organization may have several domains, and the address does not tell which one it belongs to.
  const admission = admit(
    { email, hostedDomain: config.googleHostedDomain ?? hostedDomain },
    config,
  );
  return admission.admitted ? null : notAllowed(email);
}

async function revokeInvitation(
  { store, log, query, set, audit, words }: Context,
  page: PageRoutes<MemberContext>,
) {
  const email = readQuery(query, "email", 254);
  const isRevoked = await store.revokeInvitation(email, audit);
  if (!isRevoked) {
    throw new RefusedRequest("not_found", { detail: words.invitations.isRevoked });
  }
  log("info", "admin_act", { act: "revoke_invitation", actor: audit.actorId });
  const undo = { method: "post", path: PATHS.invitations, values: { email } } as const;
  sayDone(set, words.invitations.done.revoked, { undo });
  return page.redraw();
}
