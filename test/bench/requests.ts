import { createNonce } from "../../src/auth/nonce.ts";
import { createToken } from "../../src/auth/token.ts";
import type { GoogleStandIn } from "../../src/google_stand_in/server.ts";
import { MACHINE } from "../../src/machine.ts";
import { PATHS } from "../../src/paths.ts";
import { type Accepted, browserHeaders, type Purpose } from "./browser_headers.ts";
import type { Member } from "./seed.ts";

/** The sign-in cookie of a browser that has one beside its session. */
const SIGN_IN_COOKIE = `sign_in=${createToken(MACHINE.random)}`;
const SIGNED_AT_ONCE = 64;

/** The signed-in navigation bar, as htmx asks for it. */
export function navbarRequest(host: string, { token }: Pick<Member, "token">): Uint8Array {
  return readRequest(host, { path: PATHS.navbar, token });
}

/** The page, by a member's browser. */
export function pageRequest(host: string, { token }: Pick<Member, "token">): Uint8Array {
  return readRequest(host, { path: PATHS.page, token });
}

/** What is read, and by whom. */
export interface Read extends Accepted {
  path: string;
  /** Of a member's browser, or nobody's. */
  token: string | null;
}

/** A read as a browser sends it: of a document, of a fragment by htmx, or of an asset. */
export function readRequest(host: string, { path, token, ...accepted }: Read): Uint8Array {
  const session = token === null ? "" : `; session_id=${token}`;
  const cookie = `Cookie: ${SIGN_IN_COOKIE}${session}`;
  const purpose = purposeOf(path);
  return request({
    start: `GET ${path}`,
    headers: [...browserHeaders(host, purpose, accepted), cookie],
  });
}

function purposeOf(path: string): Purpose {
  if (path.startsWith(PATHS.fragments) || path === PATHS.navbar) return "htmx";
  return path.startsWith(PATHS.assets) ? "script" : "document";
}

/** What a member's browser asks of a protected application. The floor stands for it. */
export function siteRequest({ accessToken }: Pick<Member, "accessToken">): Uint8Array {
  const cookie = `Cookie: theme=dark; __Secure-foyer_access=${accessToken}`;
  const headers = [...browserHeaders("checked.foyer.localhost", "document"), cookie];
  return request({ start: `GET ${PATHS.page}`, headers });
}

/** What a proxy asks before a member's request goes on to the application `site`. */
export function checkRequest(
  { accessToken }: Pick<Member, "accessToken">,
  site: string,
): Uint8Array {
  const headers = [
    ...browserHeaders("auth.foyer.localhost", "document"),
    `X-Foyer-Origin: ${site}`,
    "X-Forwarded-For: 203.0.113.7",
    `Cookie: theme=dark; __Secure-foyer_access=${accessToken}`,
  ];
  return request({ start: `GET ${PATHS.verify}`, headers });
}

/** A sign-out, as our page sends it. */
export function signOutRequest(host: string, { token }: Pick<Member, "token">): Uint8Array {
  const cookie = `Cookie: ${SIGN_IN_COOKIE}; session_id=${token}`;
  const headers = [...browserHeaders(host, "form"), cookie, "Content-Length: 0"];
  return request({ start: `POST ${PATHS.logout}`, headers });
}

/** A sign-in with what is no token. */
export function wrongSignInRequest(host: string): Uint8Array {
  return formRequest(host, { cookie: SIGN_IN_COOKIE, body: "credential=e30.e30.AA" });
}

/** What a sign-in's token is made from. */
export interface SignInOptions {
  host: string;
  standIn: GoogleStandIn;
  clientId: string;
}

/** A sign-in with a token of its own, which each server takes once. */
export async function signInRequest(
  { host, standIn, clientId }: SignInOptions,
  { sub, name, email, picture }: Member,
): Promise<Uint8Array> {
  const cookie = createToken(MACHINE.random);
  const credential = await standIn.issueToken({
    person: { sub, name, email, emailVerified: true, hasPicture: false },
    clientId,
    nonce: createNonce(cookie, { ...MACHINE, now: Date.now() }),
    claims: { picture },
  });
  const body = String(new URLSearchParams({ credential }));
  return formRequest(host, { cookie: `sign_in=${cookie}`, body });
}

/** So many sign-ins, of the members in turn, from the one at `start` on. */
export async function signInRequests(
  options: SignInOptions,
  { members, count, start = 0 }: { members: Member[]; count: number; start?: number },
): Promise<Uint8Array[]> {
  const requests: Uint8Array[] = [];
  while (requests.length < count) {
    const length = Math.min(SIGNED_AT_ONCE, count - requests.length);
    const batch = Array.from({ length }, (_, index) => {
      const member = members[(start + requests.length + index) % members.length];
      return signInRequest(options, member as Member);
    });
    requests.push(...(await Promise.all(batch)));
  }
  return requests;
}

function formRequest(host: string, { cookie, body }: { cookie: string; body: string }): Uint8Array {
  const headers = [
    ...browserHeaders(host, "form"),
    `Cookie: ${cookie}`,
    "Content-Type: application/x-www-form-urlencoded;charset=UTF-8",
    `Content-Length: ${body.length}`,
  ];
  return request({ start: `POST ${PATHS.login}`, headers, body });
}

function request({
  start,
  headers,
  body = "",
}: {
  start: string;
  headers: string[];
  body?: string;
}) {
  const head = [`${start} HTTP/1.1`, ...headers].join("\r\n");
  return new TextEncoder().encode(`${head}\r\n\r\n${body}`);
}
