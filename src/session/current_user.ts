import { Elysia } from "elysia";

import { RefusedRequest } from "../errors.ts";
import type { AppContext } from "./app_context.ts";
import { readSession } from "./read_session.ts";
import type { SignedIn } from "./signed_in.ts";

/**
 * Gives the routes of an instance `signedIn`: the user and session of the request's cookie, or `null`. Reads
 * them on each request. Adds the cookie of a rotated token to any answer. Never clears the cookie of an ended
 * session, because a late answer must not erase a newer one. Requests of a `background` instance are not
 * activity. Counts the requests of strangers. Each answer says in `X-Answered-For` for whom it is.
 */
export function currentUser(app: AppContext, { background = false } = {}) {
  return new Elysia().derive({ as: "scoped" }, async ({ request, set }) => {
    const isBackground = background || request.headers.get("x-background") === "1";
    const signedIn = await readSession(app, { request, set, isBackground });
    if (signedIn) set.headers["x-answered-for"] = nameViewer(signedIn);
    else app.limits.count("fragment", request);
    return { signedIn };
  });
}

/** The person and their rights. While this stays the same, a page has no reason to replace what it shows. */
function nameViewer({ user, isAdmin }: SignedIn): string {
  return [user.id, isAdmin && "admin", user.disabledAt !== null && "disabled"]
    .filter(Boolean)
    .join(" ");
}

/** Returns the member, or throws `not_signed_in` or `user_disabled`. */
export function requireMember(signedIn: SignedIn | null): SignedIn {
  if (!signedIn) throw new RefusedRequest("not_signed_in");
  const { email, disabledAt } = signedIn.user;
  if (disabledAt === null) return signedIn;
  throw new RefusedRequest("user_disabled", { facts: { email, disabledAt } });
}

/** Returns the admin, or throws `not_signed_in`, `user_disabled` or `not_administrator`. */
export function requireAdmin(signedIn: SignedIn | null): SignedIn {
  const member = requireMember(signedIn);
  if (!member.isAdmin) throw new RefusedRequest("not_administrator");
  return member;
}
