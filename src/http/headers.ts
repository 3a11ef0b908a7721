/** The part of Elysia's `set` that carries headers. */
export interface HeaderSet {
  headers: Record<string, string | number | string[] | undefined>;
}

/**
 * On every answer, so that our script can tell it from others: the error page of a proxy and the page of a captive
 * portal have no such header, and must not replace what a page shows.
 */
export const ANSWERED_BY = { "X-Answered-By": "application" } as const;

/** The headers of an answer that depends on who is signed in: no cache may store it. */
export const NO_STORE = { "cache-control": "no-store", vary: "Cookie" } as const;

/** Server-sent events. Without the last header, a proxy that buffers answers (nginx) holds the events back. */
export const EVENT_STREAM = {
  ...NO_STORE,
  "Content-Type": "text/event-stream",
  "X-Accel-Buffering": "no",
} as const;

/**
 * Says in `X-Signed-Out-In` how many whole seconds are left until idling ends the session, if nobody uses it again.
 * Without the header, use does not put the end off, or nobody is signed in.
 */
export function sayTimeLeft(set: HeaderSet, ms: number | null): void {
  if (ms !== null) set.headers["x-signed-out-in"] = String(Math.max(0, Math.floor(ms / 1000)));
}

/** Tells the page that the login status has changed, so that every part that depends on it reloads. */
export function announceLoginStatusChange(set: HeaderSet): void {
  noStore(set);
  set.headers["hx-trigger"] = "LoginStatusChange";
}

/** Answers a person who has changed their own rights: the page stays, and its parts reload as far as they must. */
export function answerOwnChange(set: HeaderSet): Response {
  announceLoginStatusChange(set);
  set.headers["hx-reswap"] = "none";
  return new Response("");
}

/** Keeps an answer that depends on who is signed in out of all caches. */
export function noStore(set: HeaderSet): void {
  Object.assign(set.headers, NO_STORE);
}

/** Adds what `set` has to an answer that does not pass Elysia. */
export function addHeaders(response: Response, { headers }: HeaderSet): Response {
  const own = response.headers;
  for (const name in headers) {
    const value = headers[name];
    if (typeof value === "string") own.set(name, value);
    else for (const one of [value ?? []].flat()) own.append(name, String(one));
  }
  return response;
}
