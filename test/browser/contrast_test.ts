import { expect, test } from "bun:test";

import type { Page } from "puppeteer-core";

import { describeInChromium } from "./describe_in_chromium.ts";
import { startOwnServer } from "./own_server.ts";
import { startForAll } from "./start_for_tests.ts";

/** Two colors, one on the other, as the stylesheet has them, and the least contrast of the two. */
type Pair = [over: string, under: string, least: number];

/** For text, and for what text does not say: edges, the ring of the focus, the bars of the chart. */
const [TEXT, GRAPHICS] = [4.5, 3];

const GROUNDS = ["paper", "card", "tint"].map((name) => `var(--${name})`);
/** The ground of a message: `tone` is its kind. */
const message = (tone: string) => `color-mix(in oklab, var(--${tone}) 7%, var(--card))`;
/** The lowest part of the arch around the sign-in card. */
const DOORSTEP = "color-mix(in oklab, var(--glow) 30%, var(--paper))";
const POINTED_AT = "color-mix(in oklab, var(--accent) 88%, var(--ink))";

const PAIRS: Pair[] = [
  ...["ink", "muted", "accent", "bad", "good"].flatMap((text) =>
    GROUNDS.map((ground): Pair => [`var(--${text})`, ground, TEXT]),
  ),
  ...["accent", "good", "bad"].flatMap((tone): Pair[] => [
    ["var(--ink)", message(tone), TEXT],
    [`var(--${tone})`, message(tone), GRAPHICS],
  ]),
  // The words of filled buttons, and of initials that stand for a picture.
  ["var(--on-accent)", "var(--accent)", TEXT],
  ["var(--on-accent)", POINTED_AT, TEXT],
  ["var(--card)", "var(--bad)", TEXT],
  ["var(--ink)", "var(--glow)", TEXT],
  ["var(--accent)", "var(--glow)", GRAPHICS],
  ["var(--accent)", DOORSTEP, GRAPHICS],
  // The edge of an outlined button, and of a filter.
  ["var(--edge)", "var(--paper)", GRAPHICS],
  ["var(--edge)", "var(--card)", GRAPHICS],
];

/** What an operator may choose: 72 hues as strong as they come, and colors without any. */
const COLORS = [
  ...Array.from({ length: 72 }, (_, step) => `hsl(${step * 5} 100% 50%)`),
  ...["#000000", "#ffffff", "#808080", "#ff0000", "#00ff00", "#0000ff", "#ffff00", "#00ffff"],
  ...["#ff00ff", "#9c4221"],
];

describeInChromium("the contrast of colors", ({ visit }) => {
  const server = startForAll(() => startOwnServer({ APP_COLOR: "#0b6fb8" }));

  test.each(["light", "dark"])("is enough for every APP_COLOR, in %s colors", (scheme) =>
    visit(async ({ page }) => {
      await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
      await page.goto(`${server.origin}/spa`);
      const found = await measure(page, { colors: COLORS, pairs: PAIRS });
      expect(found).toHaveLength(COLORS.length * PAIRS.length);
      expect(found.filter(({ ratio, pair: [, , least] }) => ratio < least)).toEqual([]);
      expect(new Set(found.map(({ ratio }) => ratio)).size).toBeGreaterThan(COLORS.length);
    }),
  );

  test("is measured as it is painted, and the operator's color is the one that counts", () =>
    visit(async ({ page }) => {
      await page.goto(`${server.origin}/spa`);
      const pairs: Pair[] = [
        ["#000", "#fff", TEXT],
        ["#777", "#fff", TEXT],
        ["var(--brand)", "#0b6fb8", TEXT],
      ];
      const [most, grey, same] = await measure(page, { colors: [""], pairs });
      expect([most, grey, same].map((one) => one?.ratio.toFixed(2))).toEqual([
        "21.00",
        "4.48",
        "1.00",
      ]);
    }));
});

/**
 * Gives the page each color as the operator's would, and measures what Chromium paints then.
 * @see https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio
 */
async function measure(page: Page, asked: { colors: string[]; pairs: Pair[] }) {
  return await page.evaluate(({ colors, pairs }) => {
    const root = document.documentElement;
    const probe = document.body.appendChild(document.createElement("div"));
    const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
    if (!canvas) throw new Error("There is nothing to paint on");

    function luminance(color: string): number {
      probe.style.color = "";
      probe.style.color = color;
      if (!canvas || !probe.style.color) throw new Error(`${color} is no color`);
      canvas.fillStyle = getComputedStyle(probe).color;
      canvas.fillRect(0, 0, 1, 1);
      const [red = 0, green = 0, blue = 0] = [...canvas.getImageData(0, 0, 1, 1).data].map(
        (byte) =>
          byte / 255 <= 0.04045 ? byte / 255 / 12.92 : ((byte / 255 + 0.055) / 1.055) ** 2.4,
      );
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    }

    return colors.flatMap((color) => {
      if (color) root.style.setProperty("--brand", color);
      return pairs.map((pair) => {
        const [lower = 0, upper = 0] = [luminance(pair[0]), luminance(pair[1])].toSorted(
          (one, other) => one - other,
        );
        return { color, pair, ratio: (upper + 0.05) / (lower + 0.05) };
      });
    });
  }, asked);
}
