import { RefusedRequest } from "../errors.ts";

/**
 * Refuses a request from a page of another session: a different person has signed in with this browser since.
 * A request without the header passes, because forms without script cannot send it. Throws
 * `signed_in_as_another`.
 */
export function requirePageSession(request: Request, sessionId: string): void {
  const named = namedSession(request);
  if (named !== null && named !== sessionId) throw new RefusedRequest("signed_in_as_another");
}

/** As {@linkcode requirePageSession}, for requests of a page that change state: the header is required. */
export function requireNamedSession(request: Request, sessionId: string): void {
  if (namedSession(request) === null) {
    const detail = "This request does not name the session of its page. Please reload the page.";
    throw new RefusedRequest("signed_in_as_another", { detail });
  }
  requirePageSession(request, sessionId);
}

/** The session that the page shows, as its navigation bar named it, or `null`. */
function namedSession(request: Request): string | null {
  return request.headers.get("x-signed-in-as");
}
