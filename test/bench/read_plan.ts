import { PATHS } from "../../src/paths.ts";
import type { Answer } from "./answer.ts";
import { ENCODINGS, type FloorPlan, LANGUAGES, type ReadyAnswer } from "./floor/plan.ts";
import { ask } from "./load_client.ts";
import {
  navbarRequest,
  type Read,
  readRequest,
  type SignInOptions,
  signInRequest,
  signOutRequest,
} from "./requests.ts";
import type { Member } from "./seed.ts";

/** The part of a plan that the binary's answers say. */
export type ReadPlan = Pick<
  FloorPlan,
  "page" | "assets" | "navbar" | "content" | "signIn" | "signOut"
>;

/** What is read beside the navigation bar by people who are signed in. */
export const CONTENT_PATH = `${PATHS.fragments}/content.secret2`;

/** The headers that `Bun.serve` writes by itself, or that are not the same for everybody. */
const LEFT_OUT = ["date", "content-length", "set-cookie"];

/** Who asks, and whose first session is signed out again. */
export interface PlanOptions {
  signIn: SignInOptions;
  member: Member;
}

/** Asks the binary at `port` for everything that is compared, and takes the answers apart for the floor. */
export async function readPlan(port: number, { signIn, member }: PlanOptions): Promise<ReadPlan> {
  const { host } = signIn;
  const { token, sessionId, email, picture, name } = member;
  const read = (what: Read) => ask(port, readRequest(host, what));
  const navbar = await ask(port, navbarRequest(host, member));
  const content = await read({ path: CONTENT_PATH, token });
  const person = [picture, Bun.escapeHTML(name), Bun.escapeHTML(name), email];
  const begun = await ask(port, await signInRequest(signIn, member));
  const cookie = cookieOf(begun);
  const value = /=([^;]*)/.exec(cookie)?.[1] ?? "";
  const ended = await ask(port, signOutRequest(host, { token: value }));
  return {
    page: await readPage(read, token),
    assets: await readAssets(read, token),
    // Identity encoding, whatever the binary does.
    navbar: {
      headers: headersOf(navbar, ["content-encoding"]),
      texts: splitAt(navbar.body, [sessionId, ...person]) as FloorPlan["navbar"]["texts"],
    },
    content: {
      path: CONTENT_PATH,
      headers: headersOf(content, ["content-encoding"]),
      body: content.body,
    },
    signIn: {
      headers: headersOf(begun),
      cookie: splitAt(cookie, [value]) as FloorPlan["signIn"]["cookie"],
    },
    signOut: { headers: { ...headersOf(ended), "set-cookie": cookieOf(ended) } },
  };
}

type ReadOne = (what: Read) => Promise<Answer>;

async function readPage(read: ReadOne, token: string): Promise<FloorPlan["page"]> {
  const versions: FloorPlan["page"] = [];
  for (const encoding of ENCODINGS) {
    for (const language of LANGUAGES) {
      for (const own of [null, token]) {
        const accepted = { encodings: encoding, languages: language };
        const answer = await read({ path: PATHS.page, token: own, ...accepted });
        versions.push({ ...readyAnswerOf(answer), encoding, language, hasSession: own !== null });
      }
    }
  }
  return versions;
}

/** What a page loads. */
async function readAssets(read: ReadOne, token: string): Promise<FloorPlan["assets"]> {
  const { body } = await read({ path: PATHS.page, token });
  const paths = body.matchAll(/(?:src|href)="(\/assets\/[^"]+\.(?:js|css))"/g);
  const answers: FloorPlan["assets"] = [];
  for (const [, path = ""] of paths) {
    for (const encoding of ENCODINGS) {
      const answer = await read({ path, token, encodings: encoding });
      answers.push({ path, ...readyAnswerOf(answer), encoding });
    }
  }
  if (answers.length === 0) throw new Error("The page loads no assets");
  return answers;
}

function readyAnswerOf(answer: Answer): Omit<ReadyAnswer, "encoding"> {
  return { headers: headersOf(answer), body: answer.encoded.toBase64() };
}

function cookieOf({ headers }: Answer): string {
  return headers.find(([name]) => name.toLowerCase() === "set-cookie")?.[1] ?? "";
}

function headersOf({ headers }: Answer, leftOut: string[] = []): Record<string, string> {
  const all = [...LEFT_OUT, ...leftOut];
  return Object.fromEntries(headers.filter(([name]) => !all.includes(name.toLowerCase())));
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
      throw new Error(`The answer is not what test/bench/read_plan.ts expects: ${text}`);
    }
  }
  return [...texts, rest];
}
