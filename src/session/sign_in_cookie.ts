import { createToken } from "../auth/token.ts";
import { setCookie, signInCookie } from "../http/cookies.ts";
import type { HeaderSet } from "../http/headers.ts";
import type { Random } from "../machine.ts";
import { readToken } from "./read_token.ts";

/** The token in the browser's sign-in cookie, which binds nonces and states; sets the cookie if it is missing. */
export async function giveSignInToken(
  request: Request,
  { set, origin, random }: { set: HeaderSet; origin: string; random: Random },
): Promise<string> {
  const cookie = signInCookie(origin);
  const known = readToken(request, cookie.name);
  if (known) return known;
  const value = createToken(random);
  await setCookie(set, cookie, { value });
  return value;
}
