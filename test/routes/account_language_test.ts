import { describe, expect, test } from "bun:test";

import { peoplePolicy } from "../../src/auth/admission.ts";
import { PATHS } from "../../src/paths.ts";
import { one, parseResponse } from "../dom.ts";
import { ADA, auditAt, createFoyer } from "../fixture.ts";
import { FIREFOX, IPHONE, signInFrom } from "./account_scene.ts";

const GERMAN = { "accept-language": "de-AT,de;q=0.9" };

describe("the account, in German", async () => {
  const foyer = await createFoyer({}, { pages: [] });
  const [laptop, ...phones] = [1, 2, 3].map(() => foyer.visitor());
  if (!laptop) throw new Error("no laptop");
  await signInFrom(laptop, FIREFOX);
  for (const phone of phones) await signInFrom(phone, IPHONE);

  test("is in the same language as the page around it", async () => {
    const response = await laptop.fragment("/htmx/account", { headers: GERMAN });
    const account = await parseResponse(response);
    expect(one(account, "title").textContent).toBe("Ihr Konto · Foyer");
    expect(one(account, "h1").textContent).toBe("Ihr Konto");
    const own = one(account, ".rows li[id]:first-child");
    expect(own.textContent).toContain("Firefox auf Linux");
    expect(one(own, ".badge").textContent).toBe("Dieses Gerät");
    const labels = [...account.querySelectorAll(".rows li[id] button")].map((button) =>
      button.getAttribute("aria-label"),
    );
    expect(labels[0]).toBe("Dieses Gerät abmelden");
    expect(labels[1]).toMatch(/^Safari auf iPhone, angemeldet .* UTC abmelden$/);
    const question = one(account, "dialog p:not(.fine):not(.line)");
    expect(question.textContent).toContain(`alles, was wir über ${ADA.email} speichern`);
    expect(question.textContent).toContain("auf 3 Geräten");
    expect(one(question, "bdi").textContent).toBe(ADA.email);
  });

  test("says in German what was done", async () => {
    const response = await laptop.send(`${PATHS.accountSessions}?except=this`, {
      method: "DELETE",
      headers: { ...GERMAN, "x-signed-in-as": await laptop.shownSession() },
    });
    expect(response.status).toBe(200);
    const { text } = JSON.parse(response.headers.get("hx-trigger") ?? "{}").PageMessage;
    expect(text).toBe("2 andere Geräte abgemeldet");
  });

  test("is downloaded with German explanations", async () => {
    const file = await (await laptop.send(PATHS.accountExport, { headers: GERMAN })).json();
    expect(file._about.title).toBe(
      `Alles, was Foyer (${foyer.deps.config.origin}) über Sie speichert`,
    );
    expect(file.sessions[0].device).toBe("Firefox auf Linux");
  });

  test("greets on the front page, which leads to German titles", async () => {
    const response = await laptop.fragment("/htmx/content.top", { headers: GERMAN });
    const front = await parseResponse(response);
    expect(one(front, "h1").textContent).toBe("Willkommen zurück, Ada");
    expect(one(front, "h1 bdi").textContent).toBe("Ada");
    expect(one(front, ".tile a[href='/spa/account']").textContent).toBe("Ihr Konto");
    expect(one(front, "h2#activity").textContent).toBe("Letzte Sicherheitsereignisse");
    const events = [...front.querySelectorAll(".rows b")].map(({ textContent }) => textContent);
    expect(events).toEqual(["Daten heruntergeladen", "Geräte abgemeldet"]);
    // To a disabled person it shows nothing of the account.
    const [person] = await foyer.store.findPeopleByEmail(ADA.email);
    const policy = peoplePolicy(foyer.deps.config);
    await foyer.store.disable({ userId: person?.id ?? "", policy }, auditAt(foyer.clock.now));
    const closed = await parseResponse(await laptop.fragment("/htmx/content.top"));
    expect(closed.querySelector(".rows, #activity")).toBeNull();
  });
});
