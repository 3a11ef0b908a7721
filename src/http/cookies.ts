import { cookie, type CookieRequest } from "@elysiajs/cookie";
import { Elysia } from "elysia";

import type { HeaderSet } from "./headers.ts";

/** A cookie of ours; all are `HttpOnly; SameSite=Lax; Path=/`. */
export interface OwnCookie {
  name: string;
  secure: boolean;
}

/** The session's cookie. On https its name demands `Secure` and `HttpOnly`, and forbids a `Domain`. */
export function sessionCookie(origin: string): OwnCookie {
  return ownCookie("session_id", origin);
}

/** The cookie that binds a nonce to a browser; it stays over sign-in and sign-out. */
export function signInCookie(origin: string): OwnCookie {
  return ownCookie("sign_in", origin);
}

function ownCookie(name: string, origin: string): OwnCookie {
  const secure = origin.startsWith("https:");
  return { name: secure ? `__Host-Http-${name}` : name, secure };
}

/** The value of the cookie called exactly `name`, or `null`: no decoding, no guessing of types. */
export function readCookie(request: Request, name: string): string | null {
  const pairs = request.headers.get("cookie")?.split(";") ?? [];
  // Nothing but spaces and tabs is trimmed. Browsers take U+00A0 for a letter, so a name that begins with it
  // escapes the rules of `__Host-` and must stay another name here.
  const found = pairs.map(trimBlanks).find((pair) => pair.startsWith(`${name}=`));
  return found === undefined ? null : found.slice(name.length + 1);
}

function trimBlanks(text: string): string {
  let [start, end] = [0, text.length];
  while (start < end && isBlank(text.charCodeAt(start))) start += 1;
  while (end > start && isBlank(text.charCodeAt(end - 1))) end -= 1;
  return text.slice(start, end);
}

function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x09;
}

/** The package's function, and what it writes to. */
interface Writer extends HeaderSet, Pick<CookieRequest, "setCookie"> {}

// The package's only door is a plugin that writes two cookies into one header and reads every cookie of
// the request. So its function is fetched through that door once, and each cookie taken from it singly.
const writer = new Promise<Writer>((resolve) => {
  const app = new Elysia().use(cookie().as("scoped")).get("/", ({ set, setCookie }) => {
    resolve({ headers: set.headers, setCookie });
  });
  void app.handle(new Request("http://localhost/"));
});

/** Adds a `Set-Cookie` header of its own to the answer, with `maxAge` in seconds, or none: until the browser closes. */
export async function setCookie(
  set: HeaderSet,
  { name, secure }: OwnCookie,
  { value, maxAge }: { value: string; maxAge?: number },
): Promise<void> {
  const { headers, setCookie } = await writer;
  const age = maxAge === undefined ? {} : { maxAge };
  headers["Set-Cookie"] = [];
  setCookie(name, value, { httpOnly: true, sameSite: "lax", path: "/", secure, ...age });
  const before = set.headers["set-cookie"];
  const all = before === undefined ? [] : [before].flat().map(String);
  set.headers["set-cookie"] = [...all, ...headers["Set-Cookie"]];
}

/** Clears a cookie, with the attributes that it was set with. */
export function clearCookie(set: HeaderSet, own: OwnCookie): Promise<void> {
  return setCookie(set, own, { value: "", maxAge: 0 });
}
