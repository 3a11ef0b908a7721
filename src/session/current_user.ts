import { Elysia } from "elysia";

import { isUnproved } from "../auth/session_policy.ts";
import { RefusedRequest } from "../errors.ts";
import type { HeaderSet } from "../http/headers.ts";
import type { AppContext } from "./app_context.ts";
import { findPresented } from "./find_presented.ts";
import { readSession, useSession } from "./read_session.ts";
import type { SignedIn } from "./signed_in.ts";
import { type Soon, whenKnown } from "./when_known.ts";

/**
 * Gives the routes of an instance `signedIn`: the user and session of the request's cookie, or `null`. Reads
 * them on each request. Adds the cookie of a rotated token to any answer. Never clears the cookie of an ended
 * session, because a late answer must not erase a newer one. Requests of a `background` instance are not
 * activity. Counts the requests of strangers. Each answer says in `X-Answered-For` for whom it is.
 */
export function currentUser(app: AppContext, { background = false } = {}) {
  return new Elysia().derive({ as: "scoped" }, async ({ request, set }) => {
    const isBackground = background || isCausedByEvent(request);
    const signedIn = await readSession(app, { request, set, isBackground });
    if (signedIn) nameViewer(set, signedIn);
    else app.limits.count("fragment", request);
    return { signedIn };
  });
}

/**
 * As {@linkcode currentUser}, without Elysia. `null` also for a session whose device is not proved: its route takes note
 * of that.
 */
export function findMember(
  app: AppContext,
  { request, set }: { request: Request; set: HeaderSet },
): Soon<SignedIn | null> {
  return whenKnown(findPresented(app, request), (presented) => {
    if (!presented || isUnproved(presented.session, app.now())) return null;
    const isBackground = isCausedByEvent(request);
    const using = useSession(app, { ...presented, request, set, isBackground });
    return whenKnown(using, (signedIn) => {
      if (signedIn) nameViewer(set, signedIn);
      return signedIn;
    });
  });
}

/** Whether a page loads a part again because of an event: nobody has done anything. */
function isCausedByEvent({ headers }: Request): boolean {
  return headers.get("x-background") === "1";
}

/** Names the person and their rights. While this stays the same, a page has no reason to replace what it shows. */
function nameViewer({ headers }: HeaderSet, { user, isAdmin }: SignedIn): void {
  const rights = `${isAdmin ? " admin" : ""}${user.disabledAt === null ? "" : " disabled"}`;
  headers["x-answered-for"] = user.id + rights;
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
