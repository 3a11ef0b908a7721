import { RefusedRequest } from "../errors.ts";
import type { SignedIn } from "./signed_in.ts";

/** The session of a request. */
type CurrentSession = Pick<SignedIn, "sessionId" | "user">;

/**
 * Refuses a request from a page of another session: a different person has signed in with this browser since.
 * A request without the header passes, because forms without script cannot send it. Throws
 * `signed_in_as_another`.
 */
export function requirePageSession(request: Request, { sessionId, user }: CurrentSession): void {
  const named = namedSession(request);
  if (named === null || named === sessionId) return;
  throw new RefusedRequest("signed_in_as_another", { facts: { email: user.email } });
}

/** As {@linkcode requirePageSession}, for requests of a page that change state: the header is required. */
export function requireNamedSession(request: Request, session: CurrentSession): void {
  if (namedSession(request) === null) {
    const cause = new Error("The request does not name the session of its page");
    throw new RefusedRequest("signed_in_as_another", { cause, variant: "damaged_request" });
  }
  requirePageSession(request, session);
}

/** The session that the page shows, as its navigation bar named it, or `null`. */
function namedSession(request: Request): string | null {
  return request.headers.get("x-signed-in-as");
}
