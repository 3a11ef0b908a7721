import { RefusedRequest } from "../errors.ts";

/**
 * Refuses a request from a page that was drawn for another session: somebody else has signed in with this
 * browser since. A request that names no session passes: forms without script cannot send the header.
 * Throws `signed_in_as_another`.
 */
export function requirePageSession(request: Request, sessionId: string): void {
  const named = namedSession(request);
  if (named !== null && named !== sessionId) throw new RefusedRequest("signed_in_as_another");
}

/** As {@linkcode requirePageSession}, for acts of a page: a request that names no session is refused as well. */
export function requireNamedSession(request: Request, sessionId: string): void {
  if (namedSession(request) === null) {
    const detail = "This request does not name the session of its page. Please reload the page.";
    throw new RefusedRequest("signed_in_as_another", { detail });
  }
  requirePageSession(request, sessionId);
}

/** The session that the page was drawn for, as its navigation bar named it. */
function namedSession(request: Request): string | null {
  return request.headers.get("x-signed-in-as");
}
