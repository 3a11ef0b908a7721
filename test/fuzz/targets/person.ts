import fc from "fast-check";

import { peoplePolicy } from "../../../src/auth/admission.ts";
import { hashToken } from "../../../src/auth/token.ts";
import { send } from "../exchange.ts";
import { hostileText } from "../hostile_text.ts";
import { judgeMarkup, type Parts, readParts } from "../markup.ts";
import type { Role, Scene } from "../scene.ts";
import type { Target } from "../target.ts";

/** Where a person's data is shown: who looks, and at what; what must stand there. */
interface Place {
  path: string;
  who: Role | "oneself";
  holds: readonly (keyof Shown)[];
  /** What an attribute must hold, too. */
  names?: keyof Shown;
  method?: string;
  isDisabled?: boolean;
}

/** What is shown of a person. */
interface Shown {
  name: string;
  firstName: string;
  email: string;
  search: string;
  invited: string;
}

const EVERYTHING = ["name", "email"] as const;
/** `ID` stands for the person, `SEARCH` for what is searched. */
const PLACES: Record<string, Place> = {
  navbar: { path: "/auth/auth_navbar", who: "oneself", holds: EVERYTHING },
  disabled_navbar: {
    path: "/auth/auth_navbar",
    who: "oneself",
    holds: EVERYTHING,
    isDisabled: true,
  },
  greeting: { path: "/htmx/content.top", who: "oneself", holds: ["firstName"] },
  account: { path: "/htmx/account", who: "oneself", holds: EVERYTHING },
  plain_account: { path: "/plain/account", who: "oneself", holds: EVERYTHING },
  disabled_account: { path: "/htmx/account", who: "oneself", holds: ["email"], isDisabled: true },
  signed_out: { path: "/auth/logout", who: "oneself", holds: ["firstName"], method: "POST" },
  members: { path: "/htmx/content.secret1", who: "oneself", holds: [] },
  people: { path: "/htmx/admin.people", who: "admin", holds: EVERYTHING },
  person: { path: "/htmx/admin.people?person=ID", who: "admin", holds: EVERYTHING },
  plain_person: { path: "/plain/admin.people?person=ID", who: "admin", holds: EVERYTHING },
  found: { path: "/htmx/admin.people?q=SEARCH", who: "admin", holds: ["search"], names: "search" },
  events: { path: "/htmx/record?person=ID", who: "admin", holds: ["name"] },
  events_found: {
    path: "/htmx/record?person=SEARCH",
    who: "admin",
    holds: ["search"],
    names: "search",
  },
  overview: { path: "/htmx/admin", who: "admin", holds: [] },
  invitations: {
    path: "/htmx/admin.invitations",
    who: "admin",
    holds: ["invited"],
    names: "invited",
  },
};

interface Case {
  place: string;
  name: string;
  email: string;
  picture: string | null;
  userAgent: string;
  network: string;
  method: string;
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
  count: number;
  /** How each place is built for a harmless person. */
  skeletons: Map<string, string>;
}

/** Names, addresses and what else comes with a person, through every view: text stays text. */
export function personTarget(scene: Scene): Target<Case> {
  const text = fc.oneof(hostileText, fc.constantFrom("Ada Lovelace", "عبد", " ", "a\u0000b"));
  const tools: Tools = { scene, count: 0, skeletons: new Map() };
  return {
    name: "person",
    round: 300,
    arbitrary: fc.record({
      place: fc.constantFrom(...Object.keys(PLACES)),
      name: text.filter((name) => name !== ""),
      email: hostileText.map((local) => `${local}@gmail.com`),
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

/** Other people stand in the list, too, before or behind. What a search finds depends on its text. */
function skeletonOf({ place }: Case, { skeleton }: Parts): string {
  if (place === "found" || place === "events_found") return "";
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
  const { foyer, browsers, takeLog } = scene;
  const { store, clock } = foyer;
  const { name, email } = one;
  const place = PLACES[one.place] as Place;
  const invited = `${searchOf(one)}@x`;
  const { token, user, sessionId } = await begin(one, tools);
  const audit = { now: clock.now, actorId: null, network: "", userAgent: "" };
  const act = { userId: user.id, policy: peoplePolicy(foyer.deps.config) };
  if (place.isDisabled) await store.disable(act, audit);
  if (one.place === "invitations") await store.invite(invited, audit);
  try {
    const cookie = place.who === "oneself" ? token : browsers.admin.sessionToken;
    const search = new URLSearchParams({ "": searchOf(one) }).toString().slice(1);
    const path = place.path.replace("ID", user.id).replace("SEARCH", () => search);
    const { method = "GET" } = place;
    const answer = await send(
      scene,
      new Request(`http://localhost${path}`, {
        method,
        headers: headersOf(one, { cookie, sessionId }),
      }),
    );
    const { status } = answer.response;
    if (status >= 500 || (status >= 400 && !place.isDisabled))
      return `${one.place} answers ${status}`;
    const wrong = judgeMarkup(answer);
    if (wrong) return wrong;
    const firstName = name.trim().split(/\s/, 1)[0] || name;
    return {
      parts: readParts(answer.text),
      shown: { name, firstName, email, search: searchOf(one), invited },
    };
  } finally {
    await store.deletePerson(act, audit);
    await store.revokeInvitation(invited, audit);
    takeLog();
  }
}

function headersOf(
  { language }: Case,
  { cookie, sessionId }: { cookie: string; sessionId: string },
) {
  return {
    "hx-request": "true",
    "hx-target": "section#content_section",
    "sec-fetch-site": "same-origin",
    "x-signed-in-as": sessionId,
    "accept-language": language,
    accept: "text/html",
    cookie: `session_id=${cookie}`,
  };
}

async function begin({ name, email, picture, userAgent, network, method }: Case, tools: Tools) {
  const { store, clock } = tools.scene.foyer;
  tools.count += 1;
  const token = `fuzz-${tools.count}`.padEnd(43, "A");
  const outcome = await store.signIn(
    {
      identity: {
        sub: `fuzz-${tools.count}`,
        name,
        email,
        picture,
        hostedDomain: null,
      },
      method,
      tokenHash: hashToken(token),
      previousTokenHash: null,
      tokenIssuedAt: clock.now,
      nonceHash: token,
      nonceKeptUntil: clock.now,
      expiresAt: clock.now + 600_000,
      idleEndsAt: clock.now + 600_000,
      invitation: "not_needed",
    },
    { now: clock.now, actorId: null, network, userAgent },
  );
  if (!outcome.signedIn) throw new Error(outcome.code);
  return { token, user: outcome.user, sessionId: outcome.sessionId };
}
