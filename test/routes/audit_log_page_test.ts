import { describe, expect, test } from "bun:test";

import type { Document } from "happy-dom";

import { PATHS } from "../../src/paths.ts";
import { one, parseResponse } from "../dom.ts";
import { ADA, auditAt, GRACE, KATHERINE } from "../fixture.ts";
import { act, createAdminScene, person } from "./admin_scene.ts";

const RECORD = "/htmx/record";

async function createLog() {
  const scene = await createAdminScene({ ALLOWED_EMAILS: GRACE.email });
  const { ada, visitor, clock } = scene;
  await visitor().signIn(KATHERINE);
  const read = async (query: Record<string, string>) =>
    parseResponse(await ada.fragment(`${RECORD}?${new URLSearchParams(query)}`));
  const today = new Date(clock.now).toISOString().slice(0, 10);
  return { ...scene, read, today };
}

/** Event and person of each row. */
function rowsOf(page: Document): string[][] {
  return [...page.querySelectorAll("tbody tr")].map((row) =>
    [row.querySelector("th"), row.querySelector("td:nth-of-type(2)")].map(
      (cell) => cell?.textContent ?? "",
    ),
  );
}

const SIGNED_IN = ["Signed in", GRACE.name];
const BLOCKED = ["Sign-in blocked", KATHERINE.name];

describe("the page of the audit log", () => {
  const BY_PERSON: [text: string, rows: string[][]][] = [
    ["hopper", [SIGNED_IN]],
    ["GRACE.HOPPER@GMAIL.COM", [SIGNED_IN]],
    // She was refused, so she has no account. Her whole address finds her all the same.
    [KATHERINE.email.toUpperCase(), [BLOCKED]],
    [KATHERINE.name, []],
    ["nobody@gmail.com", []],
  ];
  for (const [text, rows] of BY_PERSON) {
    test(`finds the events of "${text}"`, async () => {
      const { read, ada } = await createLog();
      const page = await read({ person: text });
      expect(rowsOf(page)).toEqual(rows);
      expect(one(page, "#record_person").getAttribute("value")).toBe(text);
      const sentence = "No events match these filters.";
      expect(one(page, ".card").textContent.includes(sentence)).toBe(rows.length === 0);
      const query = new URLSearchParams({ format: "jsonl", person: text });
      const file = await (await ada.send(`${PATHS.auditExport}?${query}`)).text();
      expect(file.split("\n").filter(Boolean)).toHaveLength(rows.length);
    });
  }

  test("finds what administrators did to others, by either", async () => {
    const { ada, adaId, graceId, read } = await createLog();
    await act(ada, "PUT", person(graceId, "/disabled"));
    for (const text of [adaId, "lovelace", graceId, "grace h"]) {
      const page = await read({ person: text, kind: "disabled" });
      expect(rowsOf(page)).toEqual([["Account disabled", GRACE.name]]);
      expect(one(page, "tbody [data-label=By]").textContent).toBe(ADA.name);
      expect(one(page, "tbody td:last-child").textContent).toContain("1 device signed out");
    }
  });

  test("keeps an id in its links, and shows the address in the field", async () => {
    const { graceId, read } = await createLog();
    const page = await read({ person: graceId, kind: "signed_in" });
    expect(rowsOf(page)).toEqual([SIGNED_IN]);
    expect(one(page, "#record_person").getAttribute("value")).toBe(GRACE.email);
    expect(one(page, "#events_shown").textContent).toContain(`Signed in · ${GRACE.email}`);
    const [download] = page.querySelectorAll("a[download]");
    expect(download?.getAttribute("href")).toContain(`person=${graceId}`);
  });

  test("says which days are in UTC, and when they are the wrong way round", async () => {
    const { ada, read, today, clock } = await createLog();
    const yesterday = new Date(clock.now - 86_400_000).toISOString().slice(0, 10);
    expect(rowsOf(await read({ since: today, until: today }))).toHaveLength(3);
    expect(rowsOf(await read({ until: yesterday }))).toEqual([]);
    const wrong = await read({ since: today, until: yesterday });
    expect(one(wrong, "#filter_note").textContent).toBe("“From date” is after “To date”.");
    expect(one(wrong, "#record_since").getAttribute("aria-describedby")).toBe("filter_note");
    expect(one(wrong, "#record_since").getAttribute("value")).toBe(today);
    expect(wrong.querySelector("table, a[download]")).toBeNull();
    expect(one(wrong, "#events_shown").textContent).toContain("days in UTC");
    const path = `${PATHS.auditExport}?format=csv&since=${today}&until=${yesterday}`;
    expect((await ada.send(path)).status).toBe(400);
  });

  test("goes to older events and back to the same newer ones", async () => {
    const { ada, store, clock } = await createLog();
    for (let number = 0; number < 247; number += 1) {
      await store.invite(`${number}@gmail.com`, auditAt(clock.now));
    }
    const linkTo = (page: Document, text: string) =>
      [...page.querySelectorAll("a[hx-get]")]
        .find((link) => link.textContent === text)
        ?.getAttribute("hx-get") ?? null;
    const pages: Document[] = [];
    let next: string | null = `${RECORD}?since=2000-01-01`;
    while (next) {
      expect(next).toContain("since=2000-01-01");
      const page = await parseResponse(await ada.fragment(next));
      pages.push(page);
      next = linkTo(page, "Older events");
    }
    expect(pages.map((page) => rowsOf(page).length)).toEqual([100, 100, 50]);
    expect(pages.map((page) => linkTo(page, "Newer events") !== null)).toEqual([false, true, true]);
    for (const [index, page] of pages.entries()) {
      const newer = linkTo(page, "Newer events");
      if (!newer) continue;
      const back = await parseResponse(await ada.fragment(newer));
      expect(rowsOf(back)).toEqual(rowsOf(pages[index - 1] as Document));
      expect(linkTo(back, "Newer events") !== null).toBe(index > 1);
    }
  });

  test("says who did what nobody did", async () => {
    const { read, store, clock, graceId } = await createLog();
    const system = auditAt(clock.now);
    await store.endSession({ sessionId: "none", userId: graceId, why: "suspicion" }, system);
    const act = {
      sub: GRACE.sub,
      kind: "account_disabled",
      endsSessionsBefore: null,
      disables: { reason: "hijacking" },
    } as const;
    await store.applySecurityEvent({ jti: "1", issuedAt: clock.now, acts: [act] }, system);
    const page = await read({ kind: "security_event" });
    expect(one(page, "[data-label=By]").textContent).toBe("Google");
    expect(one(page, "tbody td:last-child").textContent).toBe("Account disabled: hijacking");
    const blocked = await read({ kind: "policy_refusal" });
    expect(blocked.querySelector("[data-label=By]")).toBeNull();
    expect(one(blocked, "tbody td:last-child").textContent).toContain("Email not allowed");
  });

  test("hands out files with the day in their names", async () => {
    const { ada, today } = await createLog();
    for (const format of ["csv", "jsonl"]) {
      const file = await ada.send(`${PATHS.auditExport}?format=${format}`);
      const name = `attachment; filename="audit-log-${today}.${format}"`;
      expect(file.headers.get("content-disposition")).toBe(name);
    }
  });
});
