import { describe, expect, test } from "bun:test";

import { Html } from "@elysiajs/html";

import { OverviewPage } from "../../views/pages/admin.tsx";
import { EN } from "../../views/words/en.ts";
import { one, parse } from "../dom.ts";

/** Thirty days until 25 November, each with what `counts` says of it. */
function createDays(counts: (index: number) => [signIns: number, refusals: number]) {
  return Array.from({ length: 30 }, (_, index) => {
    const day = new Date(Date.UTC(2026, 9, 27 + index)).toISOString().slice(0, 10);
    const [signIns, refusals] = counts(index);
    return { day, signIns, refusals };
  });
}

function draw(counts: (index: number) => [signIns: number, refusals: number]) {
  const days = createDays(counts);
  return drawOverview(days);
}

function drawOverview(days: ReturnType<typeof createDays>, disabledByGoogle = 0) {
  const counters = { people: 5002, sessions: 9, disabledByGoogle };
  const mainCodes = new Map([["2026-11-15", "sign_up_closed"]]);
  return parse(String(<OverviewPage words={EN} {...{ counters, days, mainCodes }} />));
}

const texts = (elements: Iterable<{ textContent: string }>) =>
  [...elements].map(({ textContent }) => textContent);

describe("the overview", () => {
  test("has numbers, an axis, dates, a title on each day, and a table", () => {
    const page = draw((index) => (index === 19 ? [102, 97] : [index + 1, 1]));
    expect(texts(page.querySelectorAll("dl dd"))).toEqual(["5,002", "9", "547", "126"]);
    const chart = one(page, ".chart");
    expect(texts(chart.querySelectorAll(".y li"))).toEqual(["200", "150", "100", "50", "0"]);
    expect(texts(chart.querySelectorAll("svg[role=img] text"))).toEqual([
      "27 Oct",
      "3 Nov",
      "10 Nov",
      "17 Nov",
      "24 Nov",
    ]);
    expect(one(chart, "#chart_title").textContent).toBe(
      "Sign-ins and blocked sign-ins by day, 27 Oct to 25 Nov",
    );
    expect(one(chart, "#chart_text").textContent).toBe(
      "Between 1 and 102 sign-ins a day. Most blocked sign-ins: 97 on 15 Nov.",
    );
    expect(one(chart, "figcaption").textContent).toContain("Busiest day: 199 (15 Nov)");
    const titles = texts(chart.querySelectorAll("g > title"));
    expect(titles).toHaveLength(30);
    expect(titles[0]).toBe("27 Oct: 1 sign-in, 1 blocked");
    expect(titles[19]).toBe("15 Nov: 102 sign-ins, 97 blocked");
    expect(page.querySelectorAll("details tbody tr")).toHaveLength(30);
    expect(texts(page.querySelectorAll("details tbody tr:first-child > *"))).toEqual([
      "25 Nov",
      "30",
      "1",
    ]);
  });

  test("tells its two series apart without color: solid bars, and hatched ones above", () => {
    const chart = one(
      draw(() => [50, 30]),
      "svg[role=img]",
    );
    expect(chart.querySelectorAll("pattern#hatch path")).toHaveLength(1);
    expect(chart.querySelectorAll(".sign-ins")).toHaveLength(30);
    expect(chart.querySelectorAll(".blocked")).toHaveLength(30);
    for (const day of chart.querySelectorAll("g:has(title)")) {
      const [low, high] = [".sign-ins", ".blocked"].map((series) => {
        const bar = one(day, series);
        const [y = 0, height = 0] = ["y", "height"].map((name) =>
          Number.parseFloat(bar.getAttribute(name) ?? ""),
        );
        return { y, height };
      });
      expect(low?.height).toBeGreaterThan(high?.height ?? 0);
      expect((low?.y ?? 0) + (low?.height ?? 0)).toBeCloseTo(100, 5);
      expect((high?.y ?? 0) + (high?.height ?? 0)).toBeLessThan(low?.y ?? 0);
    }
  });

  test("says what needs attention, and where to look", () => {
    const page = drawOverview(
      createDays((index) => [1, index === 19 ? 97 : 1]),
      2,
    );
    const rows = [...page.querySelectorAll("section[aria-labelledby=attention] li")];
    expect(texts(rows.map((row) => one(row, "div")))).toEqual([
      "97 blocked sign-ins on 15 NovMost: sign-up is closed",
      "2 accounts disabled by GoogleGoogle thinks that someone else used them",
    ]);
    expect(rows.map((row) => one(row, "a").getAttribute("href"))).toEqual([
      "/spa/record?kind=policy_refusal&since=2026-11-15&until=2026-11-15",
      "/spa/admin.people?filter=disabled",
    ]);
    expect(draw(() => [50, 9]).querySelector("#attention")).toBeNull();
  });

  const TOPS: [most: number, top: string][] = [
    [0, "4"],
    [1, "4"],
    [5, "8"],
    [199, "200"],
    [201, "240"],
    [900, "1,000"],
    [123_456, "160,000"],
  ];
  for (const [most, top] of TOPS) {
    test(`has an axis up to ${top} for at most ${most} a day`, () => {
      const page = draw((index) => [index === 3 ? most : 0, 0]);
      expect(texts(page.querySelectorAll(".y li"))[0]).toBe(top);
      expect(one(page, "#chart_text").textContent).toContain("No blocked sign-ins.");
      expect(page.querySelectorAll(".chart g .sign-ins").length).toBe(most > 0 ? 1 : 0);
    });
  }
});
