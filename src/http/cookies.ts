import type { CookieRequest } from "@elysiajs/cookie";
import { Elysia } from "elysia";

import type { HeaderSet } from "./headers.ts";

/** One of our cookies; all are `HttpOnly; SameSite=Lax; Path=/`. */
export interface OwnCookie {
  name: string;
  secure: boolean;
  /** Without it, only the host that sets the cookie gets it. */
  domain?: string;
}

/** The session cookie. On https its name requires `Secure` and `HttpOnly`, and forbids `Domain`. */
export function sessionCookie(origin: string): OwnCookie {
  return ownCookie("session_id", origin);
}

/** The cookie that binds a nonce to a browser; sign-in and sign-out keep it. */
export function signInCookie(origin: string): OwnCookie {
  return ownCookie("sign_in", origin);
}

/**
 * The cookie that opens the protected applications of a domain, and nothing of Foyer's: each of them can read it. The
 * name requires `Secure`.
 */
export function accessCookie(domain: string): OwnCookie {
  return { name: "__Secure-foyer_access", secure: true, domain };
}

/** The cookie that a device renews by its key. Chromium 156 refuses to bind one whose name begins with `__Host-Http-`. */
export function boundCookie(): OwnCookie {
  return { name: "__Host-session_bound", secure: true };
}

/** How browsers are told the attributes of the bound cookie. */
export const BOUND_ATTRIBUTES = "Path=/; Secure; HttpOnly; SameSite=Lax";

function ownCookie(name: string, origin: string): OwnCookie {
  const secure = origin.startsWith("https:");
  return { name: secure ? `__Host-Http-${name}` : name, secure };
}

/**
 * The value of the first cookie with exactly this `name`, or `null`; never decoded or parsed. Searches for the name
 * instead of splitting the header: a stranger may send 15,000 cookies.
 */
export function readCookie(request: Request, name: string): string | null {
  const header = request.headers.get("cookie");
  if (header === null) return null;
  const wanted = `${name}=`;
  let at = header.indexOf(wanted);
  while (at >= 0 && !isStartOfPair(header, at)) at = header.indexOf(wanted, at + 1);
  if (at < 0) return null;
  const end = header.indexOf(";", at);
  return trimEnd(header.slice(at + wanted.length, end < 0 ? undefined : end));
}

/** Whether only blanks stand between `at` and the pair before it. */
function isStartOfPair(header: string, at: number): boolean {
  let before = at - 1;
  while (before >= 0 && isBlank(header.charCodeAt(before))) before -= 1;
  return before < 0 || header[before] === ";";
}

function trimEnd(text: string): string {
  let end = text.length;
  while (end > 0 && isBlank(text.charCodeAt(end - 1))) end -= 1;
  return text.slice(0, end);
}

/**
 * Spaces and tabs only. For browsers U+00A0 is a letter, so a name that begins with it escapes the rules of `__Host-`.
 * It must stay a different name here.
 */
function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x09;
}

/** The package's function, and the headers that it writes to. */
interface Writer extends HeaderSet, Pick<CookieRequest, "setCookie"> {}

let writer: Promise<Writer> | null = null;

// The package exports only a plugin. It joins two cookies into one header and reads every cookie of the
// request. So we take its function out of the plugin once, and serialize one cookie at a time. A start waits for
// neither the package nor `node:crypto`, which it brings: 6 ms.
async function takeWriter(): Promise<Writer> {
  const { cookie } = await import("@elysiajs/cookie");
  return await new Promise((resolve) => {
    const app = new Elysia().use(cookie().as("scoped")).get("/", ({ set, setCookie }) => {
      resolve({ headers: set.headers, setCookie });
    });
    void app.handle(new Request("http://localhost/"));
  });
}

/** Adds one `Set-Cookie` header. `maxAge` is in seconds; without it the cookie lasts until the browser closes. */
export async function setCookie(
  set: HeaderSet,
  { name, ...own }: OwnCookie,
  { value, maxAge }: { value: string; maxAge?: number },
): Promise<void> {
  writer ??= takeWriter().catch((error: unknown) => {
    // The next cookie tries it again.
    writer = null;
    throw error;
  });
  const { headers, setCookie } = await writer;
  const age = maxAge === undefined ? {} : { maxAge };
  headers["Set-Cookie"] = [];
  setCookie(name, value, { httpOnly: true, sameSite: "lax", path: "/", ...own, ...age });
  const before = set.headers["set-cookie"];
  const all = before === undefined ? [] : [before].flat().map(String);
  set.headers["set-cookie"] = [...all, ...headers["Set-Cookie"]];
}

/** Clears a cookie, with the same attributes as when it was set. */
export function clearCookie(set: HeaderSet, own: OwnCookie): Promise<void> {
  return setCookie(set, own, { value: "", maxAge: 0 });
}
