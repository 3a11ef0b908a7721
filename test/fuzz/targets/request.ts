import fc from "fast-check";

import { type Exchange, judgeAnswer, send, writeRequest } from "../exchange.ts";
import { hostileOrLong, hostileText, type Text, writeOut } from "../hostile_text.ts";
import { judgeMarkup } from "../markup.ts";
import { type Role, ROLES, type Scene } from "../scene.ts";
import type { Target } from "../target.ts";

const METHODS = [...Array<string>(12).fill("GET"), "HEAD", "OPTIONS", "POST", "PUT", "DELETE", "X"];
const PATHS = [
  ...["/", "/spa", "/spa/account", "/spa/content.list", "/spa/nothing", "/plain/account"],
  ...["/plain/content.top", "/auth/auth_navbar", "/auth/google", "/auth/is_authenticated"],
  ...["/htmx/content.top", "/htmx/content.list", "/htmx/content.list.tbody", "/htmx/account"],
  ...["/htmx/admin", "/htmx/admin.people", "/htmx/admin.invitations", "/htmx/record"],
  ...["/htmx/content.secret1", "/account/sessions", "/admin/people/x/disabled", "/auth/logout"],
  ...["/auth/events", "/healthz", "/favicon.ico", "/assets/nothing.js", "/auth/login"],
];

/** What each request has in most cases, so that it comes further than the first check. */
const USUAL: [string, Text][] = [
  ["hx-request", "true"],
  ["sec-fetch-site", "same-origin"],
];

/** Sends a request that must be answered in order; data in it may not become markup. */
async function check(scene: Scene, exchange: Exchange): Promise<string | null> {
  const request = writeRequest(scene, exchange);
  // A sign-out that goes through would end the scene.
  if (!request || (exchange.who !== "nobody" && isSignOut(request))) return null;
  const secrets = [...scene.browsers[exchange.who].cookies.values()];
  const answer = await send(scene, request);
  const wrong = judgeAnswer(scene, answer, secrets) ?? judgeMarkup(answer);
  return wrong ?? (await judgeRole(scene, exchange.who));
}

const isSignOut = ({ method, url }: Request) =>
  method === "POST" && new URL(url).pathname === "/auth/logout";

let count = 0;

/** Nobody loses a session by an odd request; looked at now and then. */
async function judgeRole(scene: Scene, who: Role): Promise<string | null> {
  count += 1;
  if (count % 50 !== 0) return null;
  const status = await scene.browsers[who].status();
  scene.takeLog();
  const expected = { nobody: 401, member: 200, admin: 200, disabled: 403 }[who];
  return status === expected ? null : `then ${who} is answered with ${status}`;
}

const HEADERS = [
  ...["user-agent", "accept-language", "accept-encoding", "accept", "hx-current-url", "hx-target"],
  ...["hx-request", "hx-trigger", "hx-boosted", "referer", "x-forwarded-for", "x-signed-in-as"],
  ...[
    "x-background",
    "range",
    "if-none-match",
    "if-modified-since",
    "content-type",
    "content-length",
  ],
  ...["sec-fetch-site", "sec-fetch-mode", "origin", "authorization", "expect", "x-request-id"],
  ...["constructor", "__proto__", "upgrade", "cookie", "forwarded", "transfer-encoding"],
];
const VALUES = [
  ...["gzip", "br", "gzip;q=0", "*;q=1", "de", "de-DE,en;q=0.5", "*", "text/html", "true", "1"],
  ...["http://localhost:3000/spa/account", "http://localhost:3000/spa/", "#content_section"],
  ...[
    "bytes=0-0",
    "bytes=-1",
    "navigate",
    "same-origin",
    "*/*",
    "iPad Safari/",
    "203.0.113.7, 1.2",
  ],
];

/** Headers, known and unknown, on every route. */
export function headerTarget(scene: Scene): Target<Exchange> {
  const value = fc.oneof(fc.constantFrom<Text>(...VALUES), hostileOrLong);
  const header = fc.tuple(fc.constantFrom(...HEADERS), value);
  return {
    name: "header",
    round: 1500,
    arbitrary: fc.record({
      method: fc.constantFrom(...METHODS),
      path: fc.constantFrom<Text>(...PATHS),
      who: fc.constantFrom(...ROLES),
      headers: fc.array(header, { maxLength: 4 }).map((all) => [...USUAL, ...all]),
    }),
    check: (one) => check(scene, one),
  };
}

const NAMES = [
  ...[
    "skip",
    "limit",
    "q",
    "sort",
    "filter",
    "reverse",
    "page",
    "person",
    "kind",
    "since",
    "until",
  ],
  ...["zone", "before", "after", "format", "return", "account", "email", "except", "from", "x", ""],
];
const QUERY_VALUES = [
  ...["0", "1", "100", "101", "1000000", "1000001", "-1", "1e3", "0x1", "٣", "1.0", " 1", "+1"],
  ...[
    "name",
    "created",
    "all",
    "disabled",
    "2026-11-26",
    "0000-00-00",
    "9999-12-31",
    "-271821-04-20",
  ],
  ...[
    "UTC",
    "Europe/Berlin",
    "+25:00",
    "Etc/GMT+12",
    "signed_in",
    "csv",
    "jsonl",
    "this",
    "another",
  ],
  ...[
    "999999999999999",
    "ada",
    "@gmail.com",
    "%",
    "_",
    "*",
    '"',
    "AND",
    "NEAR(",
    "a OR b",
    "\u0130",
  ],
];

/** Query parameters, by an administrator, whom every list answers. */
export function queryTarget(scene: Scene): Target<Exchange> {
  const paths = PATHS.filter((path) => path.startsWith("/htmx") || path.startsWith("/plain"));
  const value = fc.oneof(fc.constantFrom(...QUERY_VALUES), hostileText);
  const pair = fc.tuple(fc.constantFrom(...NAMES), value, fc.constantFrom(true, true, true, false));
  return {
    name: "query",
    round: 1000,
    arbitrary: fc.record({
      method: fc.constant("GET"),
      path: fc
        .tuple(
          fc.constantFrom(...paths, "/auth/google", "/spa/content.list"),
          fc.array(pair, { maxLength: 4 }),
        )
        .map(([path, pairs]): Text => `${path}?${pairs.map(writePair).join("&")}`),
      who: fc.constant("admin" as const),
      headers: fc.constant(USUAL),
    }),
    check: async (one) => (await check(scene, one)) ?? (await judgePart(scene, one)),
  };
}

/** Encoded as a form does it, or as it is. */
function writePair([name, value, isEncoded]: [string, string, boolean]): string {
  if (!isEncoded) return `${name}=${value}`;
  return new URLSearchParams({ [name]: value.toWellFormed() }).toString();
}

/** `skip` 0 to 1,000,000, `limit` 1 to 100, decimal digits only, else 400. */
async function judgePart(scene: Scene, exchange: Exchange): Promise<string | null> {
  const request = writeRequest(scene, exchange);
  const hasList = scene.foyer.app.routes.some(({ path }) => path === "/htmx/content.list.tbody");
  if (!request || !hasList) return null;
  const { pathname, searchParams, search } = new URL(request.url);
  if (pathname !== "/htmx/content.list.tbody" || search.length > 4000) return null;
  const isNumber = (name: string, least: number, most: number) => {
    const all = searchParams.getAll(name);
    if (all.length === 0) return true;
    const [text = ""] = all;
    return all.length === 1 && /^[0-9]{1,10}$/.test(text) && +text >= least && +text <= most;
  };
  const isGood = isNumber("skip", 0, 1_000_000) && isNumber("limit", 1, 100);
  const { response } = await send(scene, request);
  const expected = isGood ? 200 : 400;
  return response.status === expected ? null : `answers ${response.status}, not ${expected}`;
}

/** Paths: odd names, encodings, lengths. */
export function pathTarget(scene: Scene): Target<Exchange> {
  const start = fc.constantFrom(
    "/",
    "/spa/",
    "/htmx/",
    "/plain/",
    "/assets/",
    "/admin/people/",
    "//",
  );
  return {
    name: "path",
    round: 1000,
    arbitrary: fc.record({
      method: fc.constantFrom(...METHODS),
      path: fc
        .tuple(start, hostileOrLong, hostileOrLong)
        .map(([first, name, more]): Text => first + writeOut(name) + writeOut(more)),
      who: fc.constantFrom(...ROLES),
      headers: fc.constantFrom<Exchange["headers"]>(USUAL, [["accept", "text/html"]], []),
    }),
    check: (one) => check(scene, one),
  };
}

interface CookieCase {
  parts: string[];
  /** Stands for the real cookie's value. */
  path: string;
}

const REAL = "REAL";
const COOKIE_PARTS = [
  ...[`session_id=${REAL}`, `session_id=${REAL}`, "session_id=", "session_id", "=", ";", ";", "; "],
  ...[REAL, " ", "\t", "\u00a0", '"', "session_id=[1]", 'session_id={"a":1}', "session_id=null"],
  ...[
    "Session_Id=",
    "__Host-session_id=",
    "__Host-Http-session_id=",
    "xsession_id=",
    "sign_in=",
    "a=b",
  ],
  ...["session_id%3D", "$Version=1", ",", "A".repeat(43), "session_id=j:[1]", "\u00e9", "%00"],
];

/** Cookies: signed in is exactly who sends the session's value, whole, as the first `session_id`. */
export function cookieTarget(scene: Scene): Target<CookieCase> {
  const part = fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...COOKIE_PARTS) },
    { weight: 1, arbitrary: hostileText },
  );
  return {
    name: "cookie",
    round: 2000,
    arbitrary: fc.record({
      parts: fc.array(part, { maxLength: 8 }),
      path: fc.constantFrom(
        "/auth/is_authenticated",
        "/auth/auth_navbar",
        "/htmx/content.secret1",
        "/spa",
      ),
    }),
    check: (one) => checkCookie(scene, one),
  };
}

async function checkCookie(scene: Scene, { parts, path }: CookieCase): Promise<string | null> {
  const token = scene.browsers.member.sessionToken;
  const value = parts.join("").replaceAll(REAL, token);
  const headers: Exchange["headers"] = [...USUAL, ["cookie", value]];
  const request = writeRequest(scene, { method: "GET", path, headers, who: "nobody" });
  if (!request) return null;
  const cookie = request.headers.get("cookie") ?? "";
  const answer = await send(scene, request);
  const wrong = judgeAnswer(scene, answer, [token]) ?? judgeMarkup(answer);
  if (wrong) return wrong;
  const pairs = cookie.split(";").map((pair) => pair.replace(/^[ \t]+|[ \t]+$/g, ""));
  const first = pairs.find((pair) => pair.startsWith("session_id="));
  const mustBeIn = first === `session_id=${token}`;
  const isIn = answer.response.headers.get("x-answered-for") !== null;
  if (isIn && !mustBeIn) return `signs in by ${JSON.stringify(value)}`;
  return mustBeIn && !isIn && path !== "/spa" ? "does not know the session" : null;
}
