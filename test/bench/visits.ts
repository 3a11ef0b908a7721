import { PATHS } from "../../src/paths.ts";
import type { Answer } from "./answer.ts";
import type { KeptConnection } from "./load_client.ts";
import {
  readRequest,
  type SignInOptions,
  signInRequest,
  signOutRequest,
  wrongSignInRequest,
} from "./requests.ts";
import type { Member } from "./seed.ts";

/** A member, and whether they are signed in. Only one request at a time is theirs. */
export interface LoadMember extends Member {
  isIn: boolean;
}

/** What one request was, and how it went. */
export interface Visit {
  kind: string;
  ms: number;
  /** What is wrong with the answer, or `null`. */
  fault: string | null;
  /** Whether the answer to a read brought the session's next token. */
  isRenewed: boolean;
}

interface Ask {
  kind: string;
  request: Uint8Array;
  status: number;
  /** Whether the answer must name the member. */
  isNamed: boolean;
}

const READS: [kind: string, path: string, isNamed: boolean, weight: number][] = [
  ["navigation bar", PATHS.navbar, true, 50],
  ["page", PATHS.page, false, 10],
  ["members' fragment", "/htmx/content.secret1", false, 10],
  ["account", "/htmx/account", true, 10],
  ["status", PATHS.isAuthenticated, false, 8],
];
const SIGN_OUTS = 7;
const STRANGERS = 5;
const ALL = READS.reduce((sum, [, , , weight]) => sum + weight, SIGN_OUTS + STRANGERS);

/** Anybody's limit may refuse a stranger. */
const TOO_MANY = 429;
/** Every member's name, as test/bench/seed.ts gives them. */
const NAMES = /Ada (?:&amp;|&) Grace the \d+th/g;

/** Sends the member's next request: a read, a sign-out, a sign-in if they are out, or one of a stranger. */
export async function visit(
  connection: KeptConnection,
  { member, signIn, random }: { member: LoadMember; signIn: SignInOptions; random: () => number },
): Promise<Visit> {
  const ask = await choose();
  const begun = performance.now();
  const answer = await connection.ask(ask.request);
  const ms = performance.now() - begun;
  const isStranger = ask.kind.startsWith("stranger");
  const fault = findFault(answer, { ask, member });
  const before = member.token;
  if (!isStranger) keepCookie(answer, member);
  const isRenewed = ask.kind !== "sign-in" && member.token !== before;
  if (ask.kind === "sign-in") member.isIn = true;
  if (ask.kind === "sign-out") member.isIn = false;
  return { kind: ask.kind, ms, fault, isRenewed };

  async function choose(): Promise<Ask> {
    const { host } = signIn;
    let dice = random() * ALL;
    if (dice < STRANGERS) return chooseStranger(host, random());
    dice -= STRANGERS;
    if (!member.isIn) {
      const request = await signInRequest(signIn, member);
      return { kind: "sign-in", request, status: 200, isNamed: true };
    }
    for (const [kind, path, isNamed, weight] of READS) {
      const { token } = member;
      if (dice < weight) {
        return { kind, request: readRequest(host, { path, token }), status: 200, isNamed };
      }
      dice -= weight;
    }
    const request = signOutRequest(host, member);
    return { kind: "sign-out", request, status: 200, isNamed: false };
  }
}

function chooseStranger(host: string, dice: number): Ask {
  const kind = "stranger";
  const read = (path: string) => readRequest(host, { path, token: null });
  const isNamed = false;
  if (dice < 0.3) return { kind, request: read(PATHS.navbar), status: 200, isNamed };
  if (dice < 0.6) return { kind, request: read(PATHS.page), status: 200, isNamed };
  if (dice < 0.7) return { kind, request: read("/spa/nowhere"), status: 404, isNamed };
  if (dice < 0.8) return { kind, request: read("/htmx/content.secret1"), status: 401, isNamed };
  return { kind, request: wrongSignInRequest(host), status: 401, isNamed };
}

/** Whether the answer is the right one, and names nobody but this member. */
function findFault(answer: Answer, { ask, member }: { ask: Ask; member: Member }): string | null {
  const { status, headers, body } = answer;
  const isStranger = ask.kind === "stranger";
  if (isStranger && status === TOO_MANY) return null;
  if (status !== ask.status)
    return `${ask.kind} of ${member.name}: ${status} ${body.slice(0, 200)}`;
  const others = body.match(NAMES)?.filter((name) => plain(name) !== member.name) ?? [];
  if (others.length > 0) return `${ask.kind} of ${member.name} names ${others[0]}`;
  const isNamed = plain(body).includes(member.name);
  if (isNamed !== ask.isNamed) return `${ask.kind} of ${member.name}: named ${isNamed}`;
  const answeredFor = headers.find(([name]) => name.toLowerCase() === "x-answered-for")?.[1];
  if (isStranger && answeredFor) return `A stranger was answered for ${answeredFor}`;
  if (!isStranger && answeredFor && answeredFor !== member.id) {
    return `${ask.kind} of ${member.name} was answered for ${answeredFor}`;
  }
  return null;
}

function plain(html: string): string {
  return html.replaceAll("&amp;", "&");
}

function keepCookie({ headers }: Answer, member: Member): void {
  for (const [name, value] of headers) {
    if (name.toLowerCase() !== "set-cookie") continue;
    const token = /^session_id=([\w-]{43});/.exec(value)?.[1];
    if (token) member.token = token;
  }
}
