import type { Chance } from "../chance.ts";
import { learnChallenge, mayNote, noteDevice } from "./device_traffic.ts";
import { expectAsForetold } from "./expectation.ts";
import type { Ask, RequestWish } from "./model/ask.ts";
import { receive, type Received } from "./observation.ts";
import { ACCESS, BOUND, cookiesOf, namedBy, type Sending, toRequest } from "./sending.ts";
import type { World } from "./world.ts";

const NOTHING_GIVEN = { token: null, sessionId: null, personId: null, access: null, bound: null };

/** A token of Google's. Its keys, and so its signature, are others in each process. */
const SIGNED = /(eyJ[\w-]+\.[\w-]+)\.[\w-]+/g;

/** What is judged once more in its transaction. */
const ACTS = [
  "end_session",
  "end_sessions",
  "delete_account",
  "person_act",
  "invite",
  "revoke_invitation",
];

/** Sends requests, all at the same moment. Throws {@linkcode Mismatch} unless what comes back is as foretold. */
export async function exchange(
  world: World,
  sendings: readonly Sending[],
  { chance, hasFailed }: { chance: Chance; hasFailed?: () => boolean },
): Promise<readonly Received[]> {
  const before = sendings.map((sending) => toAsk(world, sending));
  const runs = sendings.map(
    (sending) => () => sending.process.send(toRequest(sending, world.around.now)),
  );
  const [alone] = runs;
  const responses =
    runs.length === 1 && alone ? [await alone()] : await world.around.turns.together(runs, chance);
  const received: Received[] = [];
  // What was begun in the background ends before the next step.
  await world.around.turns.rest();
  const failed = hasFailed?.() ?? false;
  await world.writeActivity();
  for (const response of responses) received.push(await receive(response, world.observer));
  for (const { status, body, setCookies } of received) {
    world.note(`${status} ${setCookies.join()} ${body.replaceAll(SIGNED, "$1")}`);
  }
  const asks = before.map((ask, index) => ({
    ...ask,
    given: received[index]?.given ?? NOTHING_GIVEN,
    isKeyKnown: isKeyKnown(ask, sendings[index] as Sending),
    isLate: sendings.length > 1 && ACTS.includes(ask.wish.kind) ? null : false,
  }));
  for (const one of received) learnChallenge(world, one);
  for (const [index, sending] of sendings.entries())
    tell(world, sending, received[index] as Received);
  await expectAsForetold(world, { asks, received, hasFailed: failed });
  for (const [index, sending] of sendings.entries()) {
    if (sending.isLost) continue;
    arrive(world, sending, { received: received[index] as Received, ask: before[index] as Ask });
  }
  return received;
}

/** What the model gets to know of a request before it is sent. */
function toAsk(world: World, sending: Sending): Ask {
  const { wish, process, tab, ...how } = sending;
  const { now } = world.around;
  const cookies = cookiesOf(sending, now);
  const nonce = wish.kind === "sign_in" ? wish.credential.nonce : null;
  const signInToken = readOwnCookie(cookies, "sign_in");
  const token = readOwnCookie(cookies, "session_id");
  const bound = readCookie(cookies, BOUND);
  return {
    wish,
    now,
    token,
    access: readCookie(cookies, ACCESS),
    bound,
    challenge: "challenge" in wish ? (world.challenges.get(wish.challenge ?? "") ?? null) : null,
    isNoted: mayNote(world, sending, { token, bound }),
    signInToken,
    namedSession: namedBy(wish, tab),
    // A proxy says nothing about that: each visit is activity.
    isBackground: wish.kind !== "visit" && (how.isBackground || wish.kind === "status"),
    isCrossSite: how.isCrossSite,
    nonce: world.nonces.get(nonce ?? "") ?? null,
    isOwnState: isOwnState(world, { wish, signInToken }),
    isKeyKnown: process.kids.includes(kidOf(wish) ?? ""),
    isLate: false,
    given: NOTHING_GIVEN,
  };
}

function isOwnState(
  { signInTokens }: World,
  { wish, signInToken }: { wish: RequestWish; signInToken: string | null },
): boolean {
  return wish.kind === "sign_in" && signInTokens.get(wish.state) === signInToken;
}

function kidOf(wish: RequestWish): string | null {
  if (wish.kind === "event") return wish.event.kid;
  return wish.kind === "sign_in" ? wish.credential.kid : null;
}

/** Whether the process had the key all the time, or never; `null` if that changed meanwhile. */
function isKeyKnown({ isKeyKnown: before }: Ask, { wish, process }: Sending): boolean | null {
  const after = process.kids.includes(kidOf(wish) ?? "");
  return before === after ? after : null;
}

function tell(
  world: World,
  sending: Sending,
  { status, code, reason, cookie, given }: Received,
): void {
  const { wish, browser, process, tab, ...how } = sending;
  const number = world.processes.indexOf(process) + 1;
  world.count(`answer ${wish.kind} ${status}`);
  if (reason) world.count(`reason ${reason}`);
  const details = JSON.stringify({ ...wish, ...how, ...given, tab: tab?.session }, (key, value) =>
    ["token", "account"].includes(key) && typeof value === "string" ? value.slice(0, 6) : value,
  );
  const who = browser?.name ?? "Google";
  world.tell(
    `${who} asks process ${number}: ${details} → ${status} ${code ?? ""} cookie ${cookie}`,
  );
}

/** The browser gets the answer: it keeps cookies, and the tab shows what came. */
function arrive(
  world: World,
  { wish, browser, tab }: Sending,
  { received, ask }: { received: Received; ask: Ask },
): void {
  if (!browser) return;
  const { now } = world.around;
  browser.jar.keep(received.setCookies, now);
  noteDevice(browser, { wish, received });
  if (!tab) return;
  if (received.status === 401) Object.assign(tab, { session: null, nonce: null, state: null });
  const isNavbar = wish.kind === "navbar" && received.status === 200;
  if (!isNavbar && wish.kind !== "go") return;
  tab.session = /data-session="([^"]+)"/.exec(received.body)?.[1] ?? null;
  const query = URL.parse(received.location ?? "")?.searchParams;
  tab.nonce = query?.get("nonce") ?? /data-nonce="([^"]+)"/.exec(received.body)?.[1] ?? null;
  tab.state = query?.get("state") ?? null;
  const given = received.setCookies.map((line) => readOwnCookie(line, "sign_in")).find(Boolean);
  const signInToken = given ?? ask.signInToken;
  if (!tab.nonce || !signInToken) return;
  world.nonces.set(tab.nonce, { signInToken, madeAt: now });
  if (tab.state) world.signInTokens.set(tab.state, signInToken);
}

/** On https, our cookies have a longer name. */
function readOwnCookie(cookies: string, name: string): string | null {
  return readCookie(cookies, name) ?? readCookie(cookies, `__Host-Http-${name}`);
}

function readCookie(cookies: string, name: string): string | null {
  const pair = cookies.split("; ").find((one) => one.startsWith(`${name}=`));
  return pair?.slice(name.length + 1) || null;
}
