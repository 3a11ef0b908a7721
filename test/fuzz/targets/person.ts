import fc from "fast-check";

import { createNonce } from "../../../src/auth/nonce.ts";
import { createReturnState } from "../../../src/auth/return_state.ts";
import { type Answer, send } from "../exchange.ts";
import { hostileText } from "../hostile_text.ts";
import { judgeMarkup, type Parts, readParts } from "../markup.ts";
import { type Place, PLACES, type Shown } from "../places.ts";
import type { Scene } from "../scene.ts";
import {
  beginPerson,
  hostileEmail,
  nobodyAt,
  type PersonData,
  type SignedPerson,
} from "../signed_person.ts";
import type { Target } from "../target.ts";

interface Case extends PersonData {
  place: string;
  language: "en" | "de";
}

const PICTURE = "https://lh3.googleusercontent.com/a/x";
const PICTURES = [
  null,
  PICTURE,
  `${PICTURE}"onfz="1`,
  "javascript:fz()",
  "data:image/svg+xml,<fz>",
  `${PICTURE}?<fz>`,
];
const AGENTS = [
  "",
  "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) Safari/604.1",
  "<fz onfz=1>/1.0",
];

/** So many are remembered, so that a long run does not grow by itself. */
const MOST_SKELETONS = 1000;

interface Tools {
  scene: Scene;
  /** How many rows the demonstration has. */
  customers: number;
  /** How each place is built for a harmless person. */
  skeletons: Map<string, string>;
}

/** Names, addresses and what else comes with a person, through every view: text stays text. */
export function personTarget(scene: Scene): Target<Case> {
  const text = fc.oneof(hostileText, fc.constantFrom("Ada Lovelace", "عبد", " ", "a\u0000b"));
  const tools: Tools = { scene, customers: 0, skeletons: new Map() };
  return {
    name: "person",
    round: 300,
    arbitrary: fc.record({
      place: fc.constantFrom(...Object.keys(PLACES)),
      name: text.filter((name) => name !== ""),
      email: hostileEmail,
      picture: fc.constantFrom(...PICTURES),
      userAgent: fc.constantFrom(...AGENTS),
      network: fc.constantFrom("203.0.113.0/24", "", "<fz>"),
      method: fc.constantFrom("btn", "link", "", "<fz>"),
      language: fc.constantFrom("en", "de"),
    }),
    check: (one) => check(one, tools),
  };
}

async function check(one: Case, tools: Tools): Promise<string | null> {
  const drawn = await draw(one, tools);
  if (drawn === NOTHING) return null;
  if (typeof drawn === "string") return drawn;
  const { parts, shown } = drawn;
  const odd = parts.addresses.find((address) => !OWN_ADDRESS.test(address));
  if (odd) return `${one.place} leads to ${odd}`;
  const { holds = [], names } = PLACES[one.place] ?? {};
  if (names && !parts.attributes.some((value) => value.includes(asSent(shown[names])))) {
    return `${one.place} has no attribute with ${JSON.stringify(shown[names])}`;
  }
  for (const what of holds) {
    const text = asSent(shown[what]);
    if (!parts.text.includes(text) && !parts.attributes.some((value) => value.includes(text))) {
      return `${one.place} does not show the ${what} ${JSON.stringify(text)}`;
    }
  }
  const isBlank = one.name.trim() === "";
  const harmless = { ...one, name: isBlank ? one.name : "Benign", email: "benign@gmail.com" };
  const key = JSON.stringify({ ...harmless, isSearchBlank: searchOf(one) === "" });
  let expected = tools.skeletons.get(key);
  if (expected === undefined) {
    const twin = await draw(harmless, tools);
    if (typeof twin === "string") return `a harmless person: ${twin}`;
    expected = skeletonOf(one, twin.parts);
    if (tools.skeletons.size >= MOST_SKELETONS) tools.skeletons.clear();
    tools.skeletons.set(key, expected);
  }
  const skeleton = skeletonOf(one, parts);
  return expected === skeleton
    ? null
    : `${one.place} is built otherwise: ${differ(expected, skeleton)}`;
}

/** An address of ours, of Google's pictures, or of the stand-in for Google. */
const OWN_ADDRESS =
  /^(?:\/(?!\/)|#|\?|mailto:|http:\/\/127\.0\.0\.1:|https:\/\/myaccount\.google\.com\/|https:\/\/[a-z\d.]*\.googleusercontent\.com\/)/;

/** What else a place depends on: the text of a search, or the counts of the day. */
const CHANGING = ["found", "events_found", "overview"];

/** Other people stand in the list, too, before or behind. */
function skeletonOf({ place }: Case, { skeleton }: Parts): string {
  if (CHANGING.includes(place)) return "";
  return place === "people" ? skeleton.split("\n").sort().join("\n") : skeleton;
}

/** As UTF-8 carries it. */
const asSent = (text: string) => text.toWellFormed();

function differ(expected: string, found: string): string {
  const [one, other] = [expected.split("\n"), found.split("\n")];
  const at = one.findIndex((line, index) => line !== other[index]);
  return JSON.stringify([one.slice(at, at + 3), other.slice(at, at + 3)]);
}

/** What is searched for: a part of the name, as the search takes it. */
function searchOf({ name }: Case): string {
  return name.toWellFormed().slice(0, 90).toWellFormed().trim();
}

/** Has the person sign in, and draws the place for whoever looks. */
async function draw(one: Case, tools: Tools): Promise<{ parts: Parts; shown: Shown } | string> {
  const { scene } = tools;
  const { store, clock } = scene.foyer;
  const { name, email } = one;
  const place = PLACES[one.place] as Place;
  const invited = `${searchOf(one)}@x`;
  const person = await beginPerson(scene, one);
  if (place.isDisabled) await person.disable();
  if (one.place === "invitations") await store.invite(invited, nobodyAt(clock.now));
  if (one.place === "customers" && !(await addCustomer(one, tools))) return NOTHING;
  try {
    const answer = await ask(one, { ...tools, person });
    const { status } = answer.response;
    // Google's address has a shape of its own, which not every text has.
    if (one.place === "refused" && status === 401) return NOTHING;
    // An application of one's own has other pages.
    if (status === 404 && place.path.startsWith("/htmx/content.")) return NOTHING;
    if (status >= 500 || (status >= 400 && !place.isDisabled))
      return `${one.place} answers ${status}`;
    const wrong = judgeMarkup(answer);
    if (wrong) return wrong;
    const firstName = name.trim().split(/\s/, 1)[0] || name;
    // What is searched for goes to the database, and no text with U+0000 does.
    const search = searchOf(one).replaceAll("\0", "\uFFFD");
    const shown = { name, firstName, email, search, invited };
    return { parts: readParts(answer.text), shown };
  } finally {
    await store.revokeInvitation(invited, nobodyAt(clock.now));
    await person.leave();
  }
}

/** There is nothing to see. */
const NOTHING = "nothing";

async function ask(
  one: Case,
  { scene, customers, person }: Tools & { person: SignedPerson },
): Promise<Answer> {
  const { path, who, method = "GET" } = PLACES[one.place] as Place;
  const { browsers } = scene;
  const session = who === "oneself" ? person.token : browsers[who].sessionToken;
  const search = new URLSearchParams({ "": searchOf(one) }).toString().slice(1);
  const last = String(customers - 1);
  const full = path
    .replace("ID", person.id)
    .replace("LAST", last)
    .replace("SEARCH", () => search);
  const url = `http://localhost${full}`;
  const headers = {
    "hx-target": "section#content_section",
    "sec-fetch-site": "same-origin",
    "x-signed-in-as": person.sessionId,
    "accept-language": one.language,
    accept: "text/html",
    cookie: `session_id=${session}; sign_in=${BROWSER}`,
    ...(one.place === "refused" ? {} : { "hx-request": "true" }),
  };
  if (one.place !== "refused") return send(scene, new Request(url, { method, headers }));
  const body = await writeAnswer(one, { scene, person });
  return send(scene, new Request(url, { method, headers, body }));
}

const BROWSER = "P".repeat(43);

/** What Google posts about the person. */
async function writeAnswer(
  { name, email, language }: Case,
  { scene, person }: { scene: Scene; person: SignedPerson },
): Promise<URLSearchParams> {
  const { google, clock, deps } = scene.foyer;
  const nonce = createNonce(BROWSER, { now: clock.now, random: deps.random });
  const about = {
    sub: person.sub.slice(0, 200),
    name,
    email,
    emailVerified: true,
    hasPicture: false,
  };
  const clientId = deps.config.googleClientId;
  const token = await google.issueToken({ person: about, clientId, nonce, now: clock.now });
  const state = createReturnState(language === "de" ? "/spa" : "/spa/account", BROWSER);
  return new URLSearchParams({ id_token: token, state });
}

/** Adds a row of the demonstration; `false` in an application without it. */
async function addCustomer({ name, email }: Case, tools: Tools): Promise<boolean> {
  const { tables } = tools.scene.foyer.store;
  const { customers } = tables as unknown as Record<string, { add(rows: object[]): unknown }>;
  if (!customers) return false;
  tools.customers += 1;
  const row = { number: tools.customers, name, company: email, city: name, since: "2024-05-31" };
  await customers.add([row]);
  return true;
}
