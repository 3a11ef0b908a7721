import { describe, expect, test } from "bun:test";

import { peoplePolicy } from "../../src/auth/admission.ts";
import { PATHS } from "../../src/paths.ts";
import { one, parseResponse } from "../dom.ts";
import { ADA, auditAt, createFoyer } from "../fixture.ts";
import type { Visitor } from "../visitor.ts";
import { FIREFOX, IPHONE, signInFrom } from "./account_scene.ts";

const GERMAN = { "accept-language": "de-AT,de;q=0.9" };

/** Ada on a laptop and on `phones` phones. */
async function createAda({ phones }: { phones: number }) {
  const foyer = await createFoyer({}, { pages: [] });
  const laptop = foyer.visitor();
  await signInFrom(laptop, FIREFOX);
  for (let count = 0; count < phones; count += 1) await signInFrom(foyer.visitor(), IPHONE);
  return { foyer, laptop };
}

async function signOutOthers(laptop: Visitor): Promise<Response> {
  return laptop.send(`${PATHS.accountSessions}?except=this`, {
    method: "DELETE",
    headers: { ...GERMAN, "x-signed-in-as": await laptop.shownSession() },
  });
}

describe("the account, in German", () => {
  test("is in the same language as the page around it", async () => {
    const { laptop } = await createAda({ phones: 2 });
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
    const { laptop } = await createAda({ phones: 2 });
    const response = await signOutOthers(laptop);
    expect(response.status).toBe(200);
    const { text } = JSON.parse(response.headers.get("hx-trigger") ?? "{}").PageMessage;
    expect(text).toBe("2 andere Geräte abgemeldet");
  });

  test("is downloaded with German explanations", async () => {
    const { foyer, laptop } = await createAda({ phones: 0 });
    const file = await (await laptop.send(PATHS.accountExport, { headers: GERMAN })).json();
    expect(file._about.title).toBe(
      `Alles, was Foyer (${foyer.deps.config.origin}) über Sie speichert`,
    );
    expect(file.sessions[0].device).toBe("Firefox auf Linux");
  });

  test("greets on the front page, which leads to German titles", async () => {
    const { foyer, laptop } = await createAda({ phones: 1 });
    await laptop.send(PATHS.accountExport);
    await signOutOthers(laptop);
    const response = await laptop.fragment("/htmx/content.top", { headers: GERMAN });
    const front = await parseResponse(response);
    expect(one(front, "h1").textContent).toBe("Willkommen zurück, Ada");
    expect(one(front, "h1 bdi").textContent).toBe("Ada");
    expect(one(front, ".tile a[href='/spa/account']").textContent).toBe("Ihr Konto");
    expect(one(front, "h2#activity").textContent).toBe("Letzte Sicherheitsereignisse");
    const events = [...front.querySelectorAll(".rows b")].map(({ textContent }) => textContent);
    expect(events).toEqual(["Geräte abgemeldet", "Daten heruntergeladen"]);
    // To a disabled person it shows nothing of the account.
    const [person] = await foyer.store.findPeopleByEmail(ADA.email);
    const policy = peoplePolicy(foyer.deps.config);
    await foyer.store.disable({ userId: person?.id ?? "", policy }, auditAt(foyer.clock.now));
    const closed = await parseResponse(await laptop.fragment("/htmx/content.top"));
    expect(closed.querySelector(".rows, #activity")).toBeNull();
  });
});
