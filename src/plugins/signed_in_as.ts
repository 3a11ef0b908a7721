import { SignInError } from "../errors.ts";

/**
 * Refuses a request of a page that was drawn for another session, as the navigation bar named it: in another
 * tab somebody else has signed in meanwhile. Throws `signed_in_as_another`; a page that names none passes.
 */
export function requireShownSession(request: Request, sessionId: string): void {
  const shown = request.headers.get("x-signed-in-as");
  if (shown !== null && shown !== sessionId) throw new SignInError("signed_in_as_another");
}
