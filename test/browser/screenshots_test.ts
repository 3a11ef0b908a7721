import { expect, test } from "bun:test";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { basename } from "node:path";

import { describeInChromium } from "./describe_in_chromium.ts";
import { HERO, SCREENSHOTS, SHEET, takeHero } from "./screenshots.ts";
import { sheetSize } from "./states/contact_sheet.ts";
import { STATES } from "./states/states.ts";

const MIB = 1_048_576;

// Run `bun run screenshots` when one of these fails.
describeInChromium("the pictures of the READMEs", ({ visit }) => {
  test("are the sign-in, and one sheet with every state, of at most 1 MiB", () =>
    visit(async ({ page }) => {
      expect(readdirSync(SCREENSHOTS).toSorted()).toEqual(
        [HERO, SHEET].map((path) => basename(path)),
      );
      expect(statSync(SHEET).size).toBeLessThanOrEqual(MIB);
      await page.setContent(
        `<img src="data:image/webp;base64,${readFileSync(SHEET).toString("base64")}">`,
      );
      const size = await page.$eval("img", async (image) => {
        await image.decode();
        return [image.naturalWidth, image.naturalHeight];
      });
      expect(size).toEqual(sheetSize(Object.values(STATES).flat().length));
    }));

  test("the sign-in can be taken, at its size", () =>
    visit(async ({ page }) => {
      const png = Buffer.from(await takeHero(page.browser()));
      expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([1200, 720]);
      // A page with something on it does not fit into less.
      expect(png.byteLength).toBeGreaterThan(50_000);
    }));
});
