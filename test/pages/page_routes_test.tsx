import { describe, expect, test } from "bun:test";

import { Html } from "@elysiajs/html";

import { readText } from "../../src/http/form.ts";
import type { Page } from "../../src/pages/page.ts";
import { one, parseResponse } from "../dom.ts";
import { ADA, createFoyer, GRACE, KATHERINE } from "../fixture.ts";
import { codeOf, type Visitor } from "../visitor.ts";

/** A page that stores what its handlers did. */
function createNotes(page: Partial<Page> = {}) {
  const done: string[] = [];
  const notes = {
    name: "notes",
    title: "Notes",
    audience: "members",
    draw: ({ query }) => <h1 safe>{`${done.length} notes, ${query.get("q") ?? "all"}`}</h1>,
    routes: (routes) => {
      routes.get(".part", () => <p>a part</p>);
      routes.post("", ({ form, signedIn }) => {
        done.push(`${signedIn.user.name}: ${readText(form, "text")}`);
        return routes.redraw();
      });
      routes.delete("/:id", ({ params, audit }) => {
        done.push(`${params.id} by ${audit.actorId?.length}`);
        return routes.redraw({ q: "rest" });
      });
      routes.put("/plain", () => new Response("plain"));
    },
    ...page,
  } as Page;
  return { done, notes };
}

async function createScene(page: Partial<Page> = {}) {
  const { done, notes } = createNotes(page);
  const foyer = await createFoyer({ ADMIN_EMAILS: KATHERINE.email }, { pages: [notes] });
  return { ...foyer, done };
}

const NOTES = "/htmx/notes";

async function act(
  visitor: Visitor,
  method: string,
  { path = NOTES, fields, shown, url }: Record<string, string> & { fields?: string },
) {
  const headers: Record<string, string> = {
    "x-signed-in-as": shown ?? (await visitor.shownSession()),
    ...(url ? { "hx-current-url": url } : {}),
  };
  const body = fields === undefined ? undefined : new URLSearchParams(fields);
  return visitor.fragment(path, { method, headers, ...(body ? { body } : {}) });
}

describe("a page's own routes", () => {
  test("act for a person of the audience, and answer with the current page", async () => {
    const { visitor, done } = await createScene();
    const ada = visitor();
    await ada.signIn(ADA);
    const url = "http://localhost/spa/notes?q=mine";
    const posted = await act(ada, "POST", { fields: "text=hello", url });
    expect(posted.status).toBe(200);
    expect(posted.headers.get("cache-control")).toBe("no-store");
    const page = await parseResponse(posted);
    expect(one(page, "#content_section").getAttribute("hx-get")).toBe(NOTES);
    expect(one(page, "h1").textContent).toBe("1 notes, mine");
    expect(one(page, "title").textContent).toContain("Notes");
    const deleted = await parseResponse(await act(ada, "DELETE", { path: `${NOTES}/7` }));
    expect(one(deleted, "h1").textContent).toBe("2 notes, rest");
    expect(done).toEqual(["Ada Lovelace: hello", "7 by 36"]);
  });

  test("are given names in their paths as a database can store them", async () => {
    const { visitor, done } = await createScene();
    const ada = visitor();
    await ada.signIn(ADA);
    await act(ada, "DELETE", { path: `${NOTES}/a%00b` });
    expect(done).toEqual(["a\uFFFDb by 36"]);
  });

  test("draw a part, or answer with their own response", async () => {
    const { visitor } = await createScene();
    const ada = visitor();
    await ada.signIn(ADA);
    const part = await parseResponse(await ada.fragment(`${NOTES}.part`));
    expect(one(part, "p").textContent).toBe("a part");
    expect(await (await act(ada, "PUT", { path: `${NOTES}/plain` })).text()).toBe("plain");
  });

  const REFUSED: [what: string, send: (ada: Visitor) => Promise<Response>, code: string][] = [
    ["anonymous people", (ada) => act(ada.anonymous(), "POST", { shown: "x" }), "not_signed_in"],
    [
      "a page of another session",
      (ada) => act(ada, "POST", { shown: "x" }),
      "signed_in_as_another",
    ],
    [
      "a page that names no session",
      (ada) => ada.fragment(NOTES, { method: "POST", body: new URLSearchParams() }),
      "signed_in_as_another",
    ],
    ["no form", (ada) => act(ada, "POST", {}), "not_a_form"],
    [
      "a part for anonymous people",
      (ada) => ada.anonymous().fragment(`${NOTES}.part`),
      "not_signed_in",
    ],
    ["a request that htmx did not send", (ada) => ada.send(`${NOTES}.part`), "bad_parameter"],
    ["a method that it does not take", (ada) => act(ada, "DELETE", {}), "method_not_allowed"],
    [
      "another site",
      (ada) => ada.fragment(NOTES, { method: "POST", headers: { "sec-fetch-site": "cross-site" } }),
      "cross_origin",
    ],
    [
      "a form that is too large",
      (ada) => act(ada, "POST", { fields: `text=${"x".repeat(65_536)}` }),
      "body_too_large",
    ],
  ];
  for (const [what, send, code] of REFUSED) {
    test(`refuse ${what} with ${code}, and do nothing`, async () => {
      const { visitor, done } = await createScene();
      const ada = visitor();
      await ada.signIn(ADA);
      const refused = await send(ada);
      expect(await codeOf(refused)).toBe(code);
      expect(done).toEqual([]);
    });
  }

  test("refuse a person who is disabled while their form arrives", async () => {
    const { visitor, done, store, deps, clock } = await createScene();
    const ada = visitor();
    await ada.signIn(ADA);
    const shown = await ada.shownSession();
    const [person] = await store.findPeopleByEmail(ADA.email);
    const { peoplePolicy } = await import("../../src/auth/admission.ts");
    const { auditAt } = await import("../fixture.ts");
    const body = new ReadableStream({
      async start(controller) {
        controller.enqueue(new TextEncoder().encode("text="));
        const policy = peoplePolicy(deps.config);
        await store.disable({ userId: person?.id ?? "", policy }, auditAt(clock.now));
        controller.close();
      },
    });
    const headers = {
      "x-signed-in-as": shown,
      "content-type": "application/x-www-form-urlencoded",
    };
    const refused = await ada.fragment(NOTES, { method: "POST", headers, body });
    expect(await codeOf(refused)).toBe("user_disabled");
    expect(done).toEqual([]);
  });
});

describe("an audience", () => {
  const only =
    (name: string): Page["audience"] =>
    ({ user }) =>
      user.name === name;
  const ROWS: [audience: Page["audience"], ada: number, grace: number, admin: number][] = [
    ["everybody", 200, 200, 200],
    ["members", 200, 200, 200],
    ["admins", 403, 403, 200],
    [only("Ada Lovelace"), 200, 403, 403],
  ];
  for (const [audience, ...expected] of ROWS) {
    test(`of ${typeof audience === "string" ? audience : "a function"}`, async () => {
      const { visitor } = await createScene({ audience } as Partial<Page>);
      const people = [visitor(), visitor(), visitor()];
      for (const [index, person] of [ADA, GRACE, KATHERINE].entries()) {
        await people[index]?.signIn(person);
      }
      const answers = await Promise.all(people.map((one) => one.fragment(NOTES)));
      expect(answers.map(({ status }) => status)).toEqual(expected);
      const menus = await Promise.all(people.map((one) => one.fragment("/auth/auth_navbar")));
      const isShown = async (menu: Response) => (await menu.text()).includes('href="/spa/notes"');
      expect(await Promise.all(menus.map(isShown))).toEqual(expected.map((code) => code === 200));
      expect((await visitor().fragment(NOTES)).status).toBe(audience === "everybody" ? 200 : 401);
    });
  }

  test("that refuses a person says so, in a fragment of the page", async () => {
    const { visitor } = await createScene({ audience: () => false } as Partial<Page>);
    const ada = visitor();
    await ada.signIn(ADA);
    const refused = await ada.fragment(NOTES);
    expect(refused.status).toBe(403);
    const page = await parseResponse(refused);
    expect(one(page, "#content_section h1").textContent).toBe("You can’t open this page");
  });
});

describe("a list of pages", () => {
  test("has valid names, each once", async () => {
    const { notes } = createNotes();
    const compose = (pages: Page[]) => createFoyer({}, { pages });
    await expect(compose([notes, notes])).rejects.toThrow('Two pages have the name "notes"');
    await expect(compose([{ ...notes, name: "account" }])).rejects.toThrow("Two pages");
    for (const name of ["", "a/b", "Notes", "__proto__", "a b", "x".repeat(65)]) {
      await expect(compose([{ ...notes, name }])).rejects.toThrow("does not match");
    }
  });

  test("without a front page gets a default one", async () => {
    const { visitor } = await createScene();
    const page = await parseResponse(await visitor().fragment("/htmx/content.top"));
    expect(one(page, "h1").textContent).toBe("Your team’s pages, in one place");
    expect(one(page, "#sign_in google-slot a").getAttribute("href")).toContain("/auth/google");
  });
});
