import type { StandInPerson } from "../../src/google_stand_in/people.ts";
import type { GoogleStandIn } from "../../src/google_stand_in/server.ts";
import { REQUEST_ID } from "../../src/http/request_id.ts";
import { PATHS } from "../../src/paths.ts";
import type { Send } from "../fetch_from.ts";
import { CLIENT_ID } from "../fixture.ts";
import { RemoteVisitor } from "../remote_visitor.ts";

/** What a server that was killed must still know of somebody. */
export type State = "in" | "out" | "disabled";

/** Somebody with one browser, and what the server has answered so far. */
export interface Member {
  person: StandInPerson;
  browser: RemoteVisitor;
  credential: string;
  userId: string;
  state: State;
  /** The act that was asked for and not answered. */
  pending: Act | null;
  /** The id of the request that was answered last. */
  requestId: string | null;
}

/** The acts, and the state after each. */
const ACTS = { sign_in: "in", sign_out: "out", revoke: "out", disable: "disabled", enable: "out" };
/** One thing that changes the state of a member. */
export type Act = keyof typeof ACTS;

const STATUS: Record<State, number> = { in: 200, out: 401, disabled: 403 };
/** What becomes of a member who has signed in: mostly nothing. */
const COURSES: Act[][] = [
  [],
  [],
  [],
  ["sign_out"],
  ["sign_out"],
  ["revoke"],
  ["disable"],
  ["disable", "enable"],
];

/** The members of one server, over all its restarts. */
export interface Crowd {
  members: Member[];
  /** How many acts were answered. */
  answered: Record<Act, number>;
  /** How many were not, because the server died. */
  unanswered(): number;
  /** What was answered other than it should be. */
  faults: string[];
  /**
   * Signs one after another in, and lets them go their course, until the server dies. Each sign-in waits for `gather`,
   * so that many can be under way at once.
   */
  live(onAnswer: () => void, gather: () => Promise<void>): Promise<void>;
  /** Takes the answer to a member's sign-out as one that was not given. */
  doubtSignOut(member: Member): void;
  /** Checks what the server knows of `members`, and takes what was not answered as it is. */
  check(members: Member[]): Promise<void>;
}

/** Creates a crowd. `admin` is signed in as an administrator. */
export function createCrowd({
  origin,
  google,
  admin,
  random,
  fetch = globalThis.fetch,
}: {
  origin: string;
  google: GoogleStandIn;
  admin: RemoteVisitor;
  random: () => number;
  /** What it throws is no answer. */
  fetch?: Send;
}): Crowd {
  const members: Member[] = [];
  const faults: string[] = [];
  const answered = { sign_in: 0, sign_out: 0, revoke: 0, disable: 0, enable: 0 };
  let unanswered = 0;

  function join(): Member {
    const number = members.length + 1;
    const email = `member.${number}@gmail.com`;
    const sub = `2${String(number).padStart(20, "0")}`;
    const person = { sub, email, name: `Member ${number}`, emailVerified: true, hasPicture: false };
    const browser = new RemoteVisitor(origin, fetch);
    const nothing = { credential: "", userId: "", pending: null, requestId: null };
    const rest = { ...nothing, state: "out" } as const;
    const member: Member = { person, browser, ...rest };
    members.push(member);
    return member;
  }

  const send: Record<Act, (member: Member) => Promise<Response>> = {
    sign_in: ({ browser, credential }) => browser.post(PATHS.login, { credential }),
    sign_out: ({ browser }) => browser.clone().post(PATHS.logout),
    disable: ({ userId }) => admin.act("PUT", `${PATHS.people}/${userId}/disabled`),
    enable: ({ userId }) => admin.act("DELETE", `${PATHS.people}/${userId}/disabled`),
    revoke: async ({ person }) => {
      const order = { kind: "sessions-revoked", person, clientId: CLIENT_ID } as const;
      const body = await google.issueSecurityEvent(order);
      const headers = { "content-type": "application/secevent+jwt" };
      return fetch(origin + PATHS.risc, { method: "POST", headers, body });
    },
  };

  async function perform(member: Member, act: Act): Promise<void> {
    member.pending = act;
    const { status, headers } = await send[act](member);
    member.pending = null;
    member.requestId = headers.get(REQUEST_ID);
    if (status >= 300) return complain(member, `${act} was answered with ${status}`);
    member.state = ACTS[act] as State;
    answered[act] += 1;
  }

  function complain({ person, state }: Member, what: string): void {
    faults.push(`${person.email}, who is ${state}: ${what}`);
  }

  async function liveOn(onAnswer: () => void, gather: () => Promise<void>): Promise<never> {
    for (;;) {
      const member = join();
      member.credential = await member.browser.credential(google, member.person);
      await gather();
      await perform(member, "sign_in");
      onAnswer();
      const { headers } = await member.browser.fragment(PATHS.navbar);
      member.userId = headers.get("x-answered-for") ?? "";
      for (const act of COURSES[Math.floor(random() * COURSES.length)] ?? []) {
        await perform(member, act);
        onAnswer();
      }
    }
  }

  async function checkOne(member: Member): Promise<void> {
    const { browser, state, pending, credential } = member;
    const { status } = await browser.get(PATHS.isAuthenticated);
    if (pending === "sign_in") {
      // Its answer is lost, and with it the cookie. The same token signs in at most once.
      const again = await browser.post(PATHS.login, { credential });
      if (![200, 401].includes(again.status)) complain(member, `again: ${again.status}`);
      unanswered += 1;
      if (again.status === 200) member.state = "in";
      member.pending = null;
      return;
    }
    const states = pending ? [state, ACTS[pending] as State] : [state];
    const found = states.find((one) => STATUS[one] === status);
    if (!found) complain(member, `is answered with ${status}`);
    if (pending) unanswered += 1;
    member.pending = null;
    member.state = found ?? state;
    // Refusing somebody who was disabled or revoked would be an event of its own.
    if (member.state !== "in") return;
    const replay = await browser.clone().post(PATHS.login, { credential });
    if (replay.status < 400) complain(member, "signs in again with a token that was used");
  }

  return {
    members,
    answered,
    faults,
    unanswered: () => unanswered,
    // The server's death ends it.
    live: (onAnswer, gather) => liveOn(onAnswer, gather).catch(() => {}),
    doubtSignOut(member) {
      answered.sign_out -= 1;
      member.state = "in";
      member.pending = "sign_out";
    },
    async check(some) {
      for (const member of some) await checkOne(member);
    },
  };
}
