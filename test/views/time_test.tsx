import { describe, expect, test } from "bun:test";

import { Html } from "@elysiajs/html";

import { CalendarDate, Time } from "../../views/time.tsx";
import { DE } from "../../views/words/de.ts";
import { EN } from "../../views/words/en.ts";
import { one, parse } from "../dom.ts";

const read = (html: string) => {
  const time = one(parse(html), "time");
  return [time.textContent, time.getAttribute("title"), time.getAttribute("datetime")];
};

describe("a time, as the server writes it", () => {
  const AT = Date.UTC(2026, 10, 25, 18, 47, 59);
  const ROWS: [at: number, text: string, title: string][] = [
    [AT, "25 Nov 2026, 18:47 UTC", "2026-11-25 18:47 UTC"],
    [0, "1 Jan 1970, 00:00 UTC", "1970-01-01 00:00 UTC"],
    [-1, "31 Dec 1969, 23:59 UTC", "1969-12-31 23:59 UTC"],
    [8.64e15, "13 Sept 275760, 00:00 UTC", "+275760-09-13 00:00 UTC"],
    // No date can hold more.
    [8.64e15 + 1, "13 Sept 275760, 00:00 UTC", "+275760-09-13 00:00 UTC"],
    [Number.MAX_SAFE_INTEGER, "13 Sept 275760, 00:00 UTC", "+275760-09-13 00:00 UTC"],
    [-Number.MAX_SAFE_INTEGER, "20 Apr 271822, 00:00 UTC", "-271821-04-20 00:00 UTC"],
  ];
  for (const [at, text, title] of ROWS) {
    test(`${at} is ${text}`, async () => {
      const [shown, exact, iso] = read(String(await (<Time words={EN} at={at} as="ago" />)));
      expect([shown, exact]).toEqual([text, title]);
      expect(Date.parse(iso ?? "")).not.toBeNaN();
      expect(EN.formats.minute(at)).toBe(text);
    });
  }

  test("is the day alone, where the hour does not matter", async () => {
    expect(read(String(await (<Time words={EN} at={AT} as="day" />)))[0]).toBe("25 Nov 2026");
  });

  test("is in the page's language; its title is the same in all", async () => {
    const title = "2026-11-25 18:47 UTC";
    const written = read(String(await (<Time words={DE} at={AT} />)));
    expect(written.slice(0, 2)).toEqual(["25.11.2026, 18:47 UTC", title]);
  });
});

const DATES: [date: string, text: string][] = [
  ["2024-05-31", "31 May 2024"],
  ["0001-01-01", "1 Jan 1"],
  ["soon", "soon"],
  ["<b>", "<b>"],
];
for (const [date, text] of DATES) {
  test(`the date ${date} is written as ${text}`, async () => {
    expect(read(String(await (<CalendarDate words={EN} date={date} />)))[0]).toBe(text);
  });
}
