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
  return [...page.querySelectorAll("tbody tr:has(td)")].map((row) =>
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
    const [download] = page.querySelectorAll('a[href*="format="]');
    expect(download?.getAttribute("href")).toContain(`person=${graceId}`);
  });

  test("says which days it filters, and when they are the wrong way round", async () => {
    const { ada, read, today, clock } = await createLog();
    const yesterday = new Date(clock.now - 86_400_000).toISOString().slice(0, 10);
    expect(rowsOf(await read({ since: today, until: today }))).toHaveLength(3);
    const until = await read({ until: yesterday });
    expect(rowsOf(until)).toEqual([]);
    expect(one(until, "#events_shown").textContent).toContain(" · days in UTC · Time zone: UTC");
    expect(one(await read({}), "#events_shown").textContent).toBe("All events · Time zone: UTC");
    const wrong = await read({ since: today, until: yesterday });
    expect(one(wrong, "#filter_note").textContent).toBe("“From date” is after “To date”.");
    expect(one(wrong, "#record_since").getAttribute("aria-describedby")).toBe("filter_note");
    expect(one(wrong, "#record_since").getAttribute("value")).toBe(today);
    expect(wrong.querySelector('table, a[href*="format="]')).toBeNull();
    const path = `${PATHS.auditExport}?format=csv&since=${today}&until=${yesterday}`;
    expect((await ada.send(path)).status).toBe(400);
  });

  // The last hour of 28 March and the first of 30 March, in Berlin; the 29th has 23 hours.
  const BERLIN = [
    "2026-03-28T22:59Z",
    "2026-03-28T23:00Z",
    "2026-03-29T21:59Z",
    "2026-03-29T22:00Z",
  ];
  const ZONES: [zone: string, since: string, until: string, found: number[]][] = [
    ["Europe/Berlin", "2026-03-29", "2026-03-29", [1, 2]],
    ["europe/berlin", "2026-03-29", "", [1, 2, 3]],
    ["Europe/Berlin", "", "2026-03-28", [0]],
    ["", "2026-03-29", "2026-03-29", [2, 3]],
    ["UTC", "2026-03-29", "2026-03-29", [2, 3]],
    ["Asia/Tokyo", "2026-03-29", "2026-03-29", [0, 1]],
    ["America/New_York", "2026-03-29", "2026-03-29", [2, 3]],
    ["+13:00", "2026-03-29", "2026-03-29", [0, 1]],
  ];
  for (const [zone, since, until, found] of ZONES) {
    test(`filters by days in ${zone || "no zone"}, from ${since} to ${until}`, async () => {
      const { ada, read, store } = await createLog();
      for (const [index, at] of BERLIN.entries()) {
        await store.invite(`${index}@gmail.com`, auditAt(Date.parse(at)));
      }
      const query = { kind: "invited", since, until, zone };
      const page = await read(query);
      const emails = found.map((index) => `${index}@gmail.com`).toReversed();
      expect(rowsOf(page).map(([, email]) => email)).toEqual(emails);
      expect(one(page, "[name=zone]").getAttribute("value")).toBe(zone);
      expect(one(page, "#events_shown").textContent).toContain(`days in ${zone || "UTC"}`);
      const download = one(page, "a[href*='format=csv']").getAttribute("href") ?? "";
      const rows = (await (await ada.send(download)).text()).trim().split("\r\n");
      expect(rows).toHaveLength(1 + found.length);
    });
  }

  const REFUSED: Record<string, string>[] = [
    { zone: "Mars/Olympus" },
    { zone: "Europe/Berlin\u0000" },
    { zone: "x".repeat(61) },
    { since: "2026-02-30" },
    { since: "2026-13-01" },
    { since: "0000-00-00" },
    { since: "+2026-1-1" },
    { until: "26-01-01" },
    { until: "2026-01-01T00:00" },
    { kind: "constructor" },
    { before: "-1" },
    { after: "1e3" },
  ];
  for (const query of REFUSED) {
    test(`refuses ${JSON.stringify(query).slice(0, 40)}`, async () => {
      const { ada } = await createLog();
      const search = new URLSearchParams(query);
      expect((await ada.fragment(`${RECORD}?${search}`)).status).toBe(400);
      expect((await ada.send(`${PATHS.auditExport}?format=csv&${search}`)).status).toBe(400);
    });
  }

  test("forgets the zone without a day, and takes the oldest and the newest day", async () => {
    const { read } = await createLog();
    const page = await read({ zone: "Asia/Tokyo" });
    expect(one(page, "#events_shown").textContent).toBe("All events · Time zone: UTC");
    expect(one(page, "a[href*='format=csv']").getAttribute("href")).not.toContain("zone");
    expect(rowsOf(await read({ since: "0001-01-01", until: "9999-12-31" }))).toHaveLength(3);
  });

  test("groups events by day, and the time stands alone in the row", async () => {
    const { read, store } = await createLog();
    for (const at of BERLIN) await store.invite(`${at}@gmail.com`, auditAt(Date.parse(at)));
    const page = await read({ kind: "invited" });
    const groups = [...page.querySelectorAll("tbody")].map((body) =>
      [...body.querySelectorAll("time")].map((time) => time.textContent),
    );
    expect(groups).toEqual([
      ["29 Mar 2026", "22:00", "21:59"],
      ["28 Mar 2026", "23:00", "22:59"],
    ]);
    // The clock is set back.
    await store.invite("late@gmail.com", auditAt(Date.parse(BERLIN[0] ?? "")));
    const days = [...(await read({ kind: "invited" })).querySelectorAll("[data-time=heading]")];
    expect(days.map((day) => day.textContent)).toEqual([
      "28 Mar 2026",
      "29 Mar 2026",
      "28 Mar 2026",
    ]);
    expect(one(page, "tbody:first-of-type [scope=rowgroup]").getAttribute("colspan")).toBe("5");
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
