import { createNonce } from "../../src/auth/nonce.ts";
import { createToken } from "../../src/auth/token.ts";
import type { GoogleStandIn } from "../../src/google_stand_in/server.ts";
import { MACHINE } from "../../src/machine.ts";
import { PATHS } from "../../src/paths.ts";
import type { Member } from "./seed.ts";

/**
 * What Chromium sends with every request to its page's own origin, but for what it takes compressed: that
 * would cost both servers the same.
 */
const BROWSER = [
  "User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36",
  "Accept: */*",
  "Accept-Language: en-GB,en;q=0.9",
  "Sec-Fetch-Site: same-origin",
  "Sec-Fetch-Mode: same-origin",
  "Sec-Fetch-Dest: empty",
];
/** The sign-in cookie of a browser that has one beside its session. */
const SIGN_IN_COOKIE = `sign_in=${createToken(MACHINE.random)}`;
const SIGNED_AT_ONCE = 64;

/** The signed-in navigation bar, as htmx asks for it. */
export function navbarRequest(host: string, { token }: Pick<Member, "token">): Uint8Array {
  const cookie = `Cookie: ${SIGN_IN_COOKIE}; session_id=${token}`;
  return request(host, { start: `GET ${PATHS.navbar}`, headers: ["HX-Request: true", cookie] });
}

/** The page, by a member's browser. */
export function pageRequest(host: string, { token }: Pick<Member, "token">): Uint8Array {
  const cookie = `Cookie: ${SIGN_IN_COOKIE}; session_id=${token}`;
  return request(host, { start: `GET ${PATHS.page}`, headers: [cookie] });
}

/** A read of `path` by a member's browser, or by nobody's; fragments as htmx asks for them. */
export function readRequest(
  host: string,
  { path, token }: { path: string; token: string | null },
): Uint8Array {
  const isFragment = path.startsWith(PATHS.fragments) || path === PATHS.navbar;
  const session = token === null ? "" : `; session_id=${token}`;
  const headers = [`Cookie: ${SIGN_IN_COOKIE}${session}`];
  if (isFragment) headers.push("HX-Request: true");
  return request(host, { start: `GET ${path}`, headers });
}

/** What a member's browser asks of a protected application. The floor stands for it. */
export function siteRequest({ accessToken }: Pick<Member, "accessToken">): Uint8Array {
  const cookie = `Cookie: theme=dark; __Secure-foyer_access=${accessToken}`;
  return request("checked.foyer.localhost", { start: `GET ${PATHS.page}`, headers: [cookie] });
}

/** What a proxy asks before a member's request goes on to the application `site`. */
export function checkRequest(
  { accessToken }: Pick<Member, "accessToken">,
  site: string,
): Uint8Array {
  const headers = [
    `X-Foyer-Origin: ${site}`,
    "X-Forwarded-For: 203.0.113.7",
    `Cookie: theme=dark; __Secure-foyer_access=${accessToken}`,
  ];
  return request("auth.foyer.localhost", { start: `GET ${PATHS.verify}`, headers });
}

/** A sign-out, as our page sends it. */
export function signOutRequest(host: string, { token }: Pick<Member, "token">): Uint8Array {
  const headers = [`Cookie: ${SIGN_IN_COOKIE}; session_id=${token}`, "Content-Length: 0"];
  return request(host, { start: `POST ${PATHS.logout}`, headers });
}

/** A sign-in with what is no token. */
export function wrongSignInRequest(host: string): Uint8Array {
  const body = "credential=e30.e30.AA";
  const type = "Content-Type: application/x-www-form-urlencoded";
  const headers = [`Cookie: ${SIGN_IN_COOKIE}`, type, `Content-Length: ${body.length}`];
  return request(host, { start: `POST ${PATHS.login}`, headers, body });
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
  const headers = [
    `Cookie: sign_in=${cookie}`,
    "Content-Type: application/x-www-form-urlencoded;charset=UTF-8",
    `Content-Length: ${body.length}`,
  ];
  return request(host, { start: `POST ${PATHS.login}`, headers, body });
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

function request(
  host: string,
  { start, headers, body = "" }: { start: string; headers: string[]; body?: string },
): Uint8Array {
  const head = [`${start} HTTP/1.1`, `Host: ${host}`, ...BROWSER, ...headers].join("\r\n");
  return new TextEncoder().encode(`${head}\r\n\r\n${body}`);
}
