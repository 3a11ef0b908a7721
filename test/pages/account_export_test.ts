import { describe, expect, test } from "bun:test";

import { dispositionOf, writeExport } from "../../src/pages/account_export.ts";
import { EN } from "../../views/words/en.ts";
import { ADA, auditAt, createFoyer } from "../fixture.ts";

const NOON = Date.UTC(2026, 10, 25, 12, 0, 1);

describe("a person's download", () => {
  test("is readable: formatted, with ISO times, plain words and an explanation", async () => {
    const foyer = await createFoyer({ APP_NAME: "Orbit" });
    const { config } = foyer.deps;
    foyer.clock.now = NOON;
    const visitor = foyer.visitor();
    const headers = { "user-agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Firefox/140.0" };
    const credential = await visitor.credential(ADA);
    const body = new URLSearchParams({ credential, select_by: "btn_add_session" });
    await visitor.send("/auth/login", { method: "POST", headers, body });
    const [person] = await foyer.store.findPeopleByEmail(ADA.email);
    const found = await foyer.store.exportPerson(person?.id ?? "", auditAt(NOON));
    if (!found) throw new Error("no export");
    const rows = [{ position: 1, row: { text: "at 5\n", writtenAt: NOON, size: NOON } }];
    const store = {
      ...foyer.store,
      personTables: ["notes.author_id", "notes.reader_id"],
      listPersonRows: async ({ table }: { table: string }) =>
        table === "notes.author_id" ? rows : [],
    };
    const about = { store, config, words: EN, now: NOON };
    const text = (await Array.fromAsync(writeExport(found, about))).join("");
    expect(text.split("\n").length).toBeGreaterThan(40);
    const file = JSON.parse(text);
    expect(text).toBe(`${JSON.stringify(file, null, 2)}\n`);
    expect(Object.keys(file)).toEqual(["_about", "person", "sessions", "events", "tables"]);
    expect(file._about.title).toContain("Orbit");
    const { _about, ...parts } = file;
    expect(Object.keys(_about.parts)).toEqual(Object.keys(parts));
    const iso = "2026-11-25T12:00:01.000Z";
    expect(file.person).toMatchObject({ createdAt: iso, signedInAt: iso, email: ADA.email });
    expect(file.sessions).toMatchObject([
      { device: "Firefox on Linux", signedInWith: "Google button", createdAt: iso },
    ]);
    expect(file.events).toMatchObject([
      { event: "Data downloaded", kind: "exported", at: iso },
      { event: "Signed in", kind: "signed_in", at: iso },
    ]);
    expect(file.tables).toEqual({
      "notes.author_id": [{ text: "at 5\n", writtenAt: iso, size: NOON }],
      "notes.reader_id": [],
    });
  });

  test("is the same file when it has nothing of the application and many events", async () => {
    const foyer = await createFoyer();
    const { config } = foyer.deps;
    await foyer.visitor().signIn(ADA);
    const [person] = await foyer.store.findPeopleByEmail(ADA.email);
    const actor = { ...auditAt(NOON), actorId: person?.id ?? "" };
    for (let number = 0; number < 1200; number += 1) {
      await foyer.store.invite(`${number}@x.example`, actor);
    }
    const found = await foyer.store.exportPerson(person?.id ?? "", actor);
    if (!found) throw new Error("no export");
    const about = { store: { ...foyer.store, personTables: [] }, config, words: EN, now: NOON };
    const text = (await Array.fromAsync(writeExport(found, about))).join("");
    const file = JSON.parse(text);
    expect(text).toBe(`${JSON.stringify(file, null, 2)}\n`);
    expect(file.tables).toEqual({});
    expect(file.events.map(({ seq }: { seq: number }) => seq)).toEqual(
      Array.from({ length: 1202 }, (_, index) => 1202 - index),
    );
  });

  const NAMES: [appName: string, disposition: string][] = [
    ["Foyer", 'attachment; filename="Foyer-data-2026-11-25.json"'],
    ['Orbit "2" & Co', 'attachment; filename="Orbit-2-Co-data-2026-11-25.json"'],
    [
      "Köln",
      "attachment; filename=\"K_ln-data-2026-11-25.json\"; filename*=UTF-8''K%C3%B6ln-data-2026-11-25.json",
    ],
  ];
  for (const [appName, disposition] of NAMES) {
    test(`has a name with the application's and the day: ${appName}`, async () => {
      const { config } = (await createFoyer({ APP_NAME: appName })).deps;
      expect(dispositionOf({ config, now: NOON })).toBe(disposition);
    });
  }
});
