import { describe, expect, test } from "bun:test";

import type { Environment } from "../../src/config.ts";
import type { StandInPerson } from "../../src/google_stand_in/people.ts";
import { PATHS } from "../../src/paths.ts";
import { one, parseResponse } from "../dom.ts";
import { ADA, createFoyer, GRACE, KATHERINE, MALLORY, setDisabled } from "../fixture.ts";

const SUPPORT = "help@example.com";

/** What a person reads in the card, and where its buttons lead. */
interface Card {
  title: string;
  text: string;
  buttons: string[];
  footnote: string | null;
}

const ANOTHER = "/auth/google?account=another&return=%2Fspa%2Fcontent.secret1";

/** Posts Google's answer for `person` as our script does; `headers` differ from that. */
async function refuse(
  env: Environment,
  { person = GRACE, headers = {} }: { person?: StandInPerson; headers?: Record<string, string> },
) {
  const foyer = await createFoyer(env);
  const visitor = foyer.visitor();
  const credential = await visitor.credential(person);
  const response = await visitor.send(PATHS.login, {
    method: "POST",
    headers: {
      accept: "text/html",
      "hx-current-url": "http://localhost/spa/content.secret1?q=1",
      ...headers,
    },
    body: new URLSearchParams({ credential }),
  });
  return { ...foyer, visitor, response };
}

async function readCard(response: Response): Promise<Card> {
  const card = one(await parseResponse(response), "section#sign_in.card");
  return {
    title: one(card, "h2").textContent,
    text: one(card, "#refusal_text").textContent,
    buttons: [...card.querySelectorAll("a.button")].map((link) => link.getAttribute("href") ?? ""),
    footnote: card.querySelector("p.fine")?.textContent ?? null,
  };
}

describe("a refused sign-in is a card", () => {
  const ROWS: [code: string, env: Environment, person: StandInPerson, card: Card][] = [
    [
      "email_unverified",
      {},
      MALLORY,
      {
        title: "Verify your email first",
        text: `Google has not verified ${MALLORY.email} yet, so we can’t sign you in with it. Verify it in your Google account, then come back and sign in again.`,
        buttons: ["https://myaccount.google.com/", ANOTHER],
        footnote: null,
      },
    ],
    [
      "domain_not_allowed",
      { GOOGLE_HOSTED_DOMAIN: "orbit.example", APP_SUPPORT: SUPPORT },
      ADA,
      {
        title: "You can’t sign in with this account",
        text: `${ADA.email} can’t sign in here. Use your work account.`,
        buttons: [ANOTHER],
        footnote: null,
      },
    ],
    [
      "email_not_allowed",
      { ALLOWED_EMAILS: "@orbit.example", APP_SUPPORT: SUPPORT },
      ADA,
      {
        title: "You can’t sign in with this account",
        text: `${ADA.email} can’t sign in here. Ask ${SUPPORT} for access.`,
        buttons: [ANOTHER],
        footnote: null,
      },
    ],
    [
      "email_not_allowed",
      { ALLOWED_EMAILS: "@orbit.example" },
      ADA,
      {
        title: "You can’t sign in with this account",
        text: `${ADA.email} can’t sign in here.`,
        buttons: [ANOTHER],
        footnote: null,
      },
    ],
    [
      "sign_up_closed",
      { SIGN_UP: "closed", ADMIN_EMAILS: KATHERINE.email, APP_SUPPORT: "https://example.com/help" },
      ADA,
      {
        title: "You need an invitation",
        text: `${ADA.email} has no account here yet. New accounts need an invitation.`,
        buttons: [ANOTHER],
        footnote: "Want to join? Write to example.com/help",
      },
    ],
  ];
  test.each(ROWS)("%s %j", async (code, env, person, card) => {
    const { response } = await refuse(env, { person });
    expect(response.status).toBe(403);
    expect(response.headers.get("cache-control")).toBe("no-store");
    expect(await readCard(response)).toEqual(card);
    // Others get a problem document: the same words in sentences.
    const plain = await refuse(env, { person, headers: { accept: "*/*" } });
    const problem = await plain.response.json();
    expect(problem).toMatchObject({ code, email: person.email });
    expect(problem.detail).toBe(`${card.title}. ${card.text}`);
  });

  test("that says when an admin disabled the account, and whom to write to", async () => {
    const foyer = await createFoyer({ APP_SUPPORT: SUPPORT });
    const ada = foyer.visitor();
    await ada.signIn(ADA);
    foyer.clock.now = Date.UTC(2036, 10, 20, 9, 30);
    const [{ id: userId } = { id: "" }] = await foyer.store.findPeopleByEmail(ADA.email);
    await setDisabled(foyer, { userId, isDisabled: true });
    const visitor = foyer.visitor();
    const response = await visitor.send(PATHS.login, {
      method: "POST",
      headers: { accept: "text/html" },
      body: new URLSearchParams({ credential: await visitor.credential(ADA) }),
    });
    const card = await readCard(response);
    expect(card.text).toBe(
      `An admin disabled ${ADA.email} on 20 Nov 2036. Your data is still there.`,
    );
    expect(card.buttons).toEqual([
      `mailto:${SUPPORT}`,
      "/auth/google?account=another&return=%2Fspa",
    ]);
  });

  test("in the language of the person", async () => {
    const headers = { "accept-language": "de-AT" };
    const { response } = await refuse({}, { person: MALLORY, headers });
    const card = await readCard(response);
    expect(card.title).toBe("Bestätigen Sie zuerst Ihre E-Mail-Adresse");
    expect(card.text).toStartWith(`Google hat ${MALLORY.email} noch nicht bestätigt`);
  });

  test("that holds Google's button where one more sign-in helps", async () => {
    const { visitor } = await createFoyer();
    const response = await visitor().send(PATHS.login, {
      method: "POST",
      headers: { accept: "text/html" },
      body: new URLSearchParams({ credential: "a.b.c" }),
    });
    const card = one(await parseResponse(response), "#sign_in");
    expect(one(card, "google-slot a.google").getAttribute("href")).toBe(
      "/auth/google?return=%2Fspa",
    );
    expect(card.textContent).not.toContain("Try again");
  });
});

describe("what a refusal must not do", () => {
  const HOSTILE = [
    `"><img src=x onerror=alert(1)>@gmail.com`,
    "<script>alert(1)</script>@gmail.com",
    "a\u0000email\u0000b@gmail.com",
    "&lt;b&gt;@gmail.com",
    "\u202egnp.exe@gmail.com",
    `${"x".repeat(240)}@gmail.com`,
  ];
  test.each(HOSTILE)("read the address %j as markup", async (email) => {
    const person = { ...GRACE, email };
    const { response } = await refuse({ ALLOWED_EMAILS: "@orbit.example" }, { person });
    if (response.status === 401) return;
    const card = one(await parseResponse(response), "#sign_in");
    expect(one(card, "bdi").textContent).toBe(email);
    expect(card.querySelector("img, script, [onerror]")).toBeNull();
  });

  const PLACES = [
    "http://localhost//evil.example/x",
    "http://localhost/spa/..//evil.example",
    "https://evil.example/\\evil.example",
    `http://localhost/spa/x"onclick="alert(1)`,
    "javascript:alert(1)",
    "http://localhost/auth/logout",
  ];
  test.each(PLACES)("lead back to %s", async (url) => {
    const headers = { "hx-current-url": url };
    const { response } = await refuse({ ALLOWED_EMAILS: "@orbit.example" }, { headers });
    const { buttons } = await readCard(response);
    expect(buttons).toEqual(["/auth/google?account=another&return=%2Fspa"]);
  });

  test("tell the address to the log, or to the next person of the browser", async () => {
    const { visitor, response, logLines } = await refuse({ ALLOWED_EMAILS: "@orbit.example" }, {});
    expect(response.status).toBe(403);
    expect(logLines.join("\n")).not.toContain(GRACE.email);
    const later = [await visitor.fragment(PATHS.navbar), await visitor.send(PATHS.page)];
    for (const answer of later) expect(await answer.text()).not.toContain(GRACE.email);
  });
});

describe("a page that was refused", () => {
  const ROWS: [path: string, title: string, buttons: string[]][] = [
    ["/spa/nothing", "Page not found", ["/spa"]],
    ["//evil.example/%22%3E", "Page not found", ["/spa"]],
    ["/spa/%22%3E%3Cimg%3E", "Page not found", ["/spa"]],
    ["/admin/people", "Page not found", ["/spa"]],
  ];
  test.each(ROWS)("%s: %s", async (path, title, buttons) => {
    const { visitor } = await createFoyer();
    const headers = { "sec-fetch-mode": "navigate" };
    const main = one(await parseResponse(await visitor().send(path, { headers })), "main");
    expect(one(main, "h1").textContent).toBe(title);
    const links = [...main.querySelectorAll("a.button")].map((link) => link.getAttribute("href"));
    expect(links).toEqual(buttons);
  });

  test("by a mistake of ours tells the number in the log, and whom to send it to", async () => {
    const { visitor, logLines, deps } = await createFoyer({ APP_SUPPORT: SUPPORT });
    deps.loginEvents.publish = () => {
      throw new Error("a secret cause");
    };
    const ada = visitor();
    const credential = await ada.credential(ADA);
    ada.cookies.set("g_csrf_token", "c5rf");
    const fields = { credential, g_csrf_token: "c5rf", state: "/spa/content.secret1" };
    const response = await ada.post(PATHS.callback, fields);
    expect(response.status).toBe(500);
    const main = one(await parseResponse(response), "main");
    expect(one(main, "h1").textContent).toBe("Something went wrong");
    const links = [...main.querySelectorAll("a")].map((link) => link.getAttribute("href"));
    expect(links).toEqual(["/auth/google?return=%2Fspa", "/spa", `mailto:${SUPPORT}`]);
    const number = one(main, "code").textContent;
    expect(number).toBe(response.headers.get("x-request-id") ?? "");
    expect(logLines.join()).toContain(number);
    expect(main.textContent).not.toContain("a secret cause");
  });
});
