import { isToken } from "../auth/token.ts";
import { readCookie } from "../http/cookies.ts";

/** The token in the cookie `name`, or `null` if it does not have the shape of our tokens. */
export function readToken(request: Request, name: string): string | null {
  const token = readCookie(request, name);
  return isToken(token) ? token : null;
}
