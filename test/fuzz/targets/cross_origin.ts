import fc from "fast-check";

import { codeOf, type Exchange, judgeAnswer, send, writeRequest } from "../exchange.ts";
import { hostileText } from "../hostile_text.ts";
import { ROLES, type Scene } from "../scene.ts";
import type { Target } from "../target.ts";

const METHODS = ["GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE", "PROPFIND", "patch"];
const ID = "00000000-0000-4000-8000-000000000000";

/** Every address that acts, and some that only answer. */
const PATHS = [
  "/auth/login",
  "/auth/logout",
  "/auth/callback",
  "/auth/risc",
  "/auth/google",
  "/auth/is_authenticated",
  "/auth/auth_navbar",
  "/account",
  "/account/sessions",
  "/account/sessions?except=this",
  `/account/sessions/${ID}`,
  "/account/export",
  "/admin/record?format=csv",
  "/admin/record?format=jsonl",
  "/admin/invitations",
  "/admin/invitations?email=a@gmail.com",
  `/admin/people/${ID}`,
  `/admin/people/${ID}/disabled`,
  `/admin/people/${ID}/administrator`,
  `/admin/people/${ID}/sessions`,
  "/htmx/content.secret1",
  "/htmx/account",
  "/spa",
  "/plain/account",
  "/healthz",
  "/nothing",
  "/auth/callback/",
  "/auth/callback?x",
  "/auth/../auth/callback",
  "/auth/login?/auth/callback",
  "/auth/%63allback",
];

const OWN = "http://localhost:3000";
const SITES = ["same-origin", "none", "same-site", "cross-site", "Same-Origin", "", "same-origin;"];
const ORIGINS = [OWN, `${OWN}/`, OWN.toUpperCase(), "http://localhost", "https://localhost:3000"];
const OTHERS = ["null", "", "http://evil.example", `${OWN}.evil.example`, `${OWN}, ${OWN}`];
const HOSTS = ["localhost", "localhost:3000", "evil.example", "127.0.0.1:3000", "[::1]:3000"];

interface Case extends Omit<Exchange, "headers"> {
  host: string;
  site: string | null;
  origin: string | null;
  extra: [name: string, value: string][];
}

const some = (values: string[]) =>
  fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...values) },
    { weight: 2, arbitrary: fc.constant(null) },
    { weight: 1, arbitrary: hostileText },
  );

const EXTRA: [string, string][] = [
  ["referer", `${OWN}/spa`],
  ["x-forwarded-host", "localhost:3000"],
  ["x-forwarded-proto", "https"],
  ["x-original-url", "/auth/callback"],
  ["x-rewrite-url", "/auth/risc"],
  ["x-http-method-override", "GET"],
  ["x-requested-with", "XMLHttpRequest"],
  ["sec-fetch-site", "same-origin"],
  ["origin", OWN],
  ["sec-fetch-mode", "navigate"],
  ["hx-request", "true"],
  ["content-type", "application/x-www-form-urlencoded"],
];

/** `Sec-Fetch-Site` × `Origin` × `Host` × method × route × who is signed in. */
export function crossOriginTarget(scene: Scene): Target<Case> {
  return {
    name: "cross_origin",
    round: 4000,
    arbitrary: fc.record({
      method: fc.constantFrom(...METHODS),
      path: fc.constantFrom(...PATHS),
      who: fc.constantFrom(...ROLES),
      host: fc.constantFrom(...HOSTS),
      site: some(SITES),
      origin: some([...ORIGINS, ...OTHERS]),
      extra: fc.array(fc.constantFrom(...EXTRA), { maxLength: 2 }),
    }),
    check: (one) => check(scene, one),
  };
}

async function check(scene: Scene, one: Case): Promise<string | null> {
  const { host, site, origin, extra, ...rest } = one;
  const headers: Exchange["headers"] = [...extra];
  if (site !== null) headers.push(["sec-fetch-site", site]);
  if (origin !== null) headers.push(["origin", origin]);
  const draft = writeRequest(scene, { ...rest, headers });
  if (!draft) return null;
  const request = new Request(draft.url.replace("//localhost", `//${host}`), draft);
  const verdict = judge(request);
  // An act that may go through is not sent with all that it needs, or the scene would be gone.
  if (verdict === "refused") request.headers.set("x-signed-in-as", scene.sessions[rest.who]);
  const isSignOut = request.method === "POST" && new URL(request.url).pathname === "/auth/logout";
  if (verdict === "taken" && isSignOut && rest.who !== "nobody") return null;

  const before = await lastEvent(scene);
  const answer = await send(scene, request);
  const wrong = judgeAnswer(scene, answer);
  if (wrong) return wrong;
  const { status } = answer.response;
  const isRefused = status === 403 && codeOf(answer) === "cross_origin";
  if (verdict === "taken") return isRefused ? "a request of our own is refused" : null;
  // Whoever may not export is told that first.
  const isTold = status >= 400 && EXPORTS.includes(new URL(request.url).pathname);
  if (!isRefused && !isTold)
    return `a foreign request is answered with ${status}, ${codeOf(answer)}`;
  return (await lastEvent(scene)) === before ? null : "a refused request changes something";
}

/**
 * State-changing requests are refused unless `Sec-Fetch-Site` is `same-origin` or `none`; without that header unless
 * `Origin` is exactly `ORIGIN`; with neither header they are refused. Exceptions: the first post to `/auth/callback`,
 * which changes nothing, and `/auth/risc`, which proves itself.
 */
function judge(request: Request): "taken" | "refused" {
  const { method, headers } = request;
  if (["GET", "HEAD", "OPTIONS"].includes(method))
    return isForeignExport(request) ? "refused" : "taken";
  const { pathname } = new URL(request.url);
  if (pathname === "/auth/callback" || pathname === "/auth/risc") return "taken";
  const site = headers.get("sec-fetch-site");
  if (site !== null) return site === "same-origin" || site === "none" ? "taken" : "refused";
  return headers.get("origin") === "http://localhost:3000" ? "taken" : "refused";
}

/**
 * An export writes an event, so another site may not cause one. Where `Sec-Fetch-Site` is missing, `Origin` and
 * `Referer` tell of another site.
 */
function isForeignExport({ url, method, headers }: Request): boolean {
  const { pathname } = new URL(url);
  if (method === "OPTIONS" || !EXPORTS.includes(pathname)) return false;
  const site = headers.get("sec-fetch-site");
  if (site !== null) return site !== "same-origin" && site !== "none";
  const named = [headers.get("origin"), headers.get("referer")].filter((text) => text !== null);
  return named.some((text) => URL.parse(text)?.origin !== OWN);
}

const EXPORTS = ["/account/export", "/admin/record"];

async function lastEvent({ foyer }: Scene): Promise<number> {
  const [last] = await foyer.store.listEvents({ limit: 1 });
  return last?.seq ?? 0;
}
