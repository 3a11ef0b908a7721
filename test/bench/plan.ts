import { deepStrictEqual } from "node:assert";

import type { FloorPlan } from "./floor.ts";
import { type Answer, ask } from "./load_client.ts";
import { navbarRequest, pageRequest, type SignInOptions, signInRequest } from "./requests.ts";
import type { Member } from "./seed.ts";
import type { Servers } from "./servers.ts";

/** The part of a plan that the binary's answers say. */
export type ReadPlan = Pick<FloorPlan, "page" | "navbar" | "signIn">;

/** The headers that `Bun.serve` writes by itself. */
const AUTOMATIC = ["date", "content-length"];
const COOKIE = "set-cookie";
/** The header that names the person; the floor writes it as well. */
const ANSWERED_FOR = "x-answered-for";

/** The header that says when the session ends; the floor counts as well. */
const SIGNED_OUT_IN = "x-signed-out-in";
/** Each answer has its own. The floor repeats the id that it has read, which costs it nothing. */
const OWN_VALUES = ["date", SIGNED_OUT_IN, "x-request-id"];

/** Asks the binary at `port` for each of the three answers, and takes them apart for the floor. */
export async function readPlan(
  port: number,
  { signIn, members }: { signIn: SignInOptions; members: Member[] },
): Promise<ReadPlan> {
  const member = members[0] as Member;
  const page = await ask(port, pageRequest(signIn.host, member));
  const navbar = await ask(port, navbarRequest(signIn.host, member));
  const begun = await ask(port, await signInRequest(signIn, member));
  const { sessionId, email, picture, name } = member;
  const person = [picture, Bun.escapeHTML(name), Bun.escapeHTML(name), email];
  const texts = splitAt(navbar.body, [sessionId, ...person]);
  const cookie = header(begun, COOKIE);
  const value = /=([^;]*)/.exec(cookie)?.[1] ?? "";
  return {
    page: { headers: headersOf(page), body: page.body },
    navbar: { headers: headersOf(navbar), texts: texts as FloorPlan["navbar"]["texts"] },
    signIn: {
      headers: headersOf(begun),
      cookie: splitAt(cookie, [value]) as FloorPlan["signIn"]["cookie"],
    },
  };
}

/** Throws unless both servers give the same answers: status, headers, body; but for the time and a cookie's value. */
export async function requireSameAnswers(servers: Servers): Promise<void> {
  const { host, members } = servers;
  for (const member of members.slice(0, 50)) {
    const requests = [
      navbarRequest(host, member),
      pageRequest(host, member),
      await signInRequest(servers, member),
    ];
    for (const request of requests) {
      const binary = comparable(await ask(servers.binaryPort, request));
      deepStrictEqual(comparable(await ask(servers.floorPort, request)), binary);
    }
    const stranger = { token: member.token.replace(/./g, "x") };
    const refused = await ask(servers.floorPort, navbarRequest(host, stranger));
    if (refused.status !== 401) throw new Error("The floor lets strangers in");
  }
}

function comparable({ status, headers, body }: Answer) {
  const named = headers.map(([name, value]): [string, string] => {
    const lower = name.toLowerCase();
    if (OWN_VALUES.includes(lower)) return [lower, ""];
    return [lower, lower === COOKIE ? value.replace(/=[\w-]{43};/, "=;") : value];
  });
  return { status, headers: Object.fromEntries(named), body };
}

function headersOf({ headers }: Answer): Record<string, string> {
  const own = headers.filter(
    ([name]) => ![...AUTOMATIC, COOKIE, ANSWERED_FOR, SIGNED_OUT_IN].includes(name.toLowerCase()),
  );
  return Object.fromEntries(own);
}

function header({ headers }: Answer, wanted: string): string {
  return headers.find(([name]) => name.toLowerCase() === wanted)?.[1] ?? "";
}

/** The texts around `values`, which stand in `text` in this order, and nowhere else. */
function splitAt(text: string, values: string[]): string[] {
  const texts: string[] = [];
  let rest = text;
  for (const value of values) {
    const start = rest.indexOf(value);
    texts.push(rest.slice(0, Math.max(0, start)));
    rest = rest.slice(start + value.length);
    const isLeftOver = texts.some((part) => values.some((one) => part.includes(one)));
    if (start < 0 || isLeftOver) {
      throw new Error(`The answer is not what test/bench/plan.ts expects: ${text}`);
    }
  }
  return [...texts, rest];
}
