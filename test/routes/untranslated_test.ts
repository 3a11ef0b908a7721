import { expect, test } from "bun:test";

import type { Document, Element } from "happy-dom";

import { PAGES } from "../../src/pages/pages.ts";
import { ALL_WORDS } from "../../views/words/words.ts";
import { parse } from "../dom.ts";
import { ADA, createFoyer, GRACE, MALLORY } from "../fixture.ts";
import type { Visit, Visitor } from "../visitor.ts";
import { act, person } from "./admin_scene.ts";

/** Attributes that people read or hear. */
const TEXT_ATTRIBUTES = ["aria-label", "title", "placeholder", "alt", "content"];

/** What is the same in every language: names, addresses, browsers, variables, formats. */
const DATA = [
  /@|https?:|^\//,
  /^(?:Ada|Grace|Mallory)(?: [A-Z]\w+)?(?: · Foyer)?$/,
  /^(?:Foyer|Google|UTC|CSV|JSON Lines|foyer seed|SIGN_UP=closed)$/,
  // Links to what is out there.
  /^(?:Hypermedia Systems|htmx|Bun)$/,
  /\b(?:Firefox|Safari) on \b/,
  /^\d[\d.,: /-]*(?:UTC)?$/,
  /^width=|^light dark$|^#[0-9a-f]{6}$|^\{/,
  /^[a-z]+(?:_[a-z]+)+$/,
];

/** All texts of a document, without those of scripts. */
function textsOf(document: Document): Set<string> {
  const texts = new Set<string>();
  const add = (text: string) => {
    const trimmed = text.trim().replaceAll(/\s+/g, " ");
    if (trimmed && /\p{L}{2}/u.test(trimmed)) texts.add(trimmed);
  };
  const read = (element: Element) => {
    for (const node of element.childNodes) if (node.nodeType === 3) add(String(node.textContent));
    for (const { name, value } of element.attributes) {
      const isSentence = name.startsWith("data-") && /\p{L} \p{L}/u.test(String(value));
      if (isSentence || TEXT_ATTRIBUTES.includes(name)) add(String(value));
    }
  };
  for (const element of document.querySelectorAll("*")) read(element);
  return texts;
}

/** The words that languages have in common, such as "Name". */
function sharedWords(value: unknown, other: unknown): string[] {
  if (typeof value === "string") return value === other ? [value] : [];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, part]) =>
    sharedWords(part, (other as Record<string, unknown>)[name]),
  );
}

async function findUntranslated(visitor: Visitor, path: string, visit: Visit = {}) {
  const read = async (language: string) => {
    const headers = { ...visit.headers, "accept-language": language };
    const isPage = /^\/(?:spa|plain)/.test(path);
    const response = await (isPage
      ? visitor.send(path, { ...visit, headers })
      : visitor.fragment(path, { ...visit, headers }));
    const text = await response.text();
    return textsOf(parse(text));
  };
  const [english, german] = [await read("en"), await read("de")];
  const known = sharedWords(ALL_WORDS[0], ALL_WORDS[1]);
  return [...english.intersection(german)].filter(
    (text) =>
      !known.includes(text.replace(/ \d+$/, "")) && !DATA.some((pattern) => pattern.test(text)),
  );
}

test("no page of a person who reads German has a text in English", async () => {
  const foyer = await createFoyer(
    { ADMIN_EMAILS: ADA.email, SIGN_UP: "open", APP_SUPPORT: "help@example.com" },
    { pages: PAGES },
  );
  const [ada, grace, nobody] = [foyer.visitor(), foyer.visitor(), foyer.visitor()];
  await ada.signIn(ADA);
  await grace.signIn(GRACE);
  await nobody.signIn(MALLORY);
  const graceId = (await foyer.store.findPeopleByEmail(GRACE.email))[0]?.id ?? "";
  await act(ada, "POST", "/admin/invitations", { email: "new@example.com" });
  await act(ada, "PUT", person(graceId, "/administrator"));
  await act(ada, "DELETE", person(graceId, "/administrator"));
  const pages = ["content.top", "content.list", "content.secret1", "content.secret2", "account"];
  const admin = ["admin", "admin.people", "admin.invitations", "record", "nothing"];
  const found: Record<string, string[]> = {};
  const look = async (visitor: Visitor, path: string, visit?: Visit) => {
    const texts = await findUntranslated(visitor, path, visit);
    if (texts.length > 0) found[`${path} ${JSON.stringify(visit ?? "")}`] = texts;
  };
  for (const visitor of [foyer.visitor(), grace, ada]) {
    await look(visitor, "/auth/auth_navbar");
    for (const name of [...pages, ...admin]) {
      await look(visitor, `/htmx/${name}`);
      await look(visitor, `/spa/${name}`);
      await look(visitor, `/plain/${name}`);
    }
  }
  await look(ada, `/htmx/admin.people?person=${graceId}`);
  await look(ada, "/htmx/admin.people?q=nobody");
  await look(ada, "/htmx/record?person=nobody");
  expect(found).toEqual({});
});
