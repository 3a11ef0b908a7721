import { PATHS } from "../../src/paths.ts";
import type { Browser, Tab } from "./browser.ts";
import type { FoyerProcess } from "./foyer_process.ts";
import type { RequestOrigin } from "./jar.ts";
import type { RequestWish } from "./model/ask.ts";
import { toWire } from "./requests.ts";

/** The cookie for protected applications. */
export const ACCESS = "__Secure-foyer_access";

/** The cookie of a bound session. */
export const BOUND = "__Host-session_bound";

/** Somebody's request to one of the processes. */
export interface Sending {
  wish: RequestWish;
  process: FoyerProcess;
  /** `null` for Google. */
  browser: Browser | null;
  tab: Tab | null;
  isBackground: boolean;
  isCrossSite: boolean;
  /** Whether the answer gets lost on its way back. */
  isLost: boolean;
}

/** These requests do not say for which session their page was drawn. */
const UNNAMED = [
  ...["look", "navbar", "go", "sign_in", "event", "visit", "enter", "bind", "refresh"],
];

/** The request as it reaches the server at `now`, with what the browser adds. */
export function toRequest(sending: Sending, now: number): Request {
  const { wish, browser, tab, isBackground, isCrossSite } = sending;
  const { method, path, headers = {}, body } = toWire(wish);
  const cookies = cookiesOf(sending, now);
  const named = namedBy(wish, tab);
  const { cookie: more, ...others } = headers;
  const cookie = [cookies, more].filter(Boolean).join("; ");
  return new Request(`http://localhost${path}`, {
    method,
    redirect: "manual",
    headers: {
      ...(browser ? { "sec-fetch-site": isCrossSite ? "cross-site" : "same-origin" } : {}),
      ...(cookie ? { cookie } : {}),
      ...(path.startsWith("/htmx") || path === PATHS.navbar ? { "hx-request": "true" } : {}),
      ...(isBackground ? { "x-background": "1" } : {}),
      ...(named === null ? {} : { "x-signed-in-as": named }),
      ...others,
    },
    ...(body === undefined ? {} : { body }),
  });
}

/** The cookies that the browser sends. The host of a protected application gets none but its own. */
export function cookiesOf({ wish, browser, ...how }: Sending, now: number): string {
  const cookies = browser?.jar.header(now, originOf(wish, how)) ?? "";
  if (wish.kind !== "visit") return cookies;
  const isOwn = (one: string) => one.startsWith(`${ACCESS}=`);
  return cookies.split("; ").filter(isOwn).join("; ");
}

/** A page names its session where it changes something, or asks whether it still is what it shows. */
export function namedBy(wish: RequestWish, tab: Tab | null): string | null {
  return UNNAMED.includes(wish.kind) ? null : (tab?.session ?? null);
}

/** What the browser knows about where the request comes from. */
export function originOf(
  wish: RequestWish,
  { isCrossSite }: Pick<Sending, "isCrossSite">,
): RequestOrigin {
  return { isCrossSite, isTopLevelRead: ["look", "visit", "enter"].includes(wish.kind) };
}
