import { Elysia } from "elysia";

import { RefusedRequest } from "../errors.ts";
import type { AppContext } from "./app_context.ts";
import { readSession, type SignedIn } from "./read_session.ts";

/**
 * Gives the routes of an instance `signedIn`: the user and session of the request's cookie, read anew each
 * time, or `null`. A renewed cookie is added to whatever answer goes out; a dead one is left alone, as a
 * late answer must not erase a newer cookie. Requests of a `background` instance keep nobody signed in.
 */
export function currentUser(app: AppContext, { background = false } = {}) {
  return new Elysia().derive({ as: "scoped" }, async ({ request, set }) => {
    const isBackground = background || request.headers.get("x-background") === "1";
    return { signedIn: await readSession(app, { request, set, isBackground }) };
  });
}

/** Narrows to a member, or throws `not_signed_in` or `user_disabled`. */
export function requireMember(signedIn: SignedIn | null): SignedIn {
  if (!signedIn) throw new RefusedRequest("not_signed_in");
  if (signedIn.user.disabledAt !== null) throw new RefusedRequest("user_disabled");
  return signedIn;
}

/** Narrows to an administrator, or throws `not_signed_in`, `user_disabled` or `not_administrator`. */
export function requireAdmin(signedIn: SignedIn | null): SignedIn {
  const member = requireMember(signedIn);
  if (!member.isAdmin) throw new RefusedRequest("not_administrator");
  return member;
}
