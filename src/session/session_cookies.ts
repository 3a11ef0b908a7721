import type { Config } from "../config.ts";
import {
  accessCookie,
  boundCookie,
  clearCookie,
  sessionCookie,
  setCookie,
} from "../http/cookies.ts";
import type { HeaderSet } from "../http/headers.ts";

type Names = Pick<Config, "origin" | "cookieDomain">;

/** Sets the cookies of a new session, which last `maxAge` seconds. */
export async function setSessionCookies(
  set: HeaderSet,
  { origin, cookieDomain }: Names,
  { token, access, maxAge }: { token: string; access: string | null; maxAge: number },
): Promise<void> {
  await setCookie(set, sessionCookie(origin), { value: token, maxAge });
  if (cookieDomain === null || access === null) return;
  await setCookie(set, accessCookie(cookieDomain), { value: access, maxAge });
}

/** Clears the cookies of a session that its person has ended. */
export async function clearSessionCookies(
  set: HeaderSet,
  { origin, cookieDomain }: Names,
): Promise<void> {
  await clearCookie(set, sessionCookie(origin));
  if (origin.startsWith("https:")) await clearCookie(set, boundCookie());
  if (cookieDomain !== null) await clearCookie(set, accessCookie(cookieDomain));
}
