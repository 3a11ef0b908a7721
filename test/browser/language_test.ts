import { describe, expect, test } from "bun:test";

import type { Page } from "puppeteer-core";

import { one, parse } from "../dom.ts";
import { launchChromium } from "./chromium.ts";
import { describeInChromium } from "./describe_in_chromium.ts";
import { startOwnServer } from "./own_server.ts";
import { open } from "./steps.ts";

/** What Google's two buttons read, once both are drawn, for a browser that asks for `languages`. */
async function readButtons(page: Page, languages: string): Promise<string[]> {
  // Puppeteer sometimes loses frames of another site, so their addresses are read here, and their pages by fetch.
  const found = await page.waitForFunction(
    () => {
      const frames = [...document.querySelectorAll<HTMLIFrameElement>("iframe[title^='Sign in']")];
      const isDrawn = frames.length === 2 && frames.every(({ offsetWidth }) => offsetWidth > 30);
      return isDrawn && frames.map(({ src }) => src);
    },
    { polling: 30 },
  );
  const addresses = (await found.jsonValue()) || [];
  const headers = { "accept-language": languages };
  const answers = await Promise.all(addresses.map((address) => fetch(address, { headers })));
  const pages = await Promise.all(answers.map((answer) => answer.text()));
  return pages.map((html) => one(parse(html), "button").textContent.trim()).toSorted();
}

const LANGUAGES: [languages: string, lang: string, texts: string[]][] = [
  ["de-DE,en", "de", ["Weiter mit Google", "Über Google anmelden"]],
  // Foyer does not know the language that the frames would choose.
  ["fr,en", "en", ["Continue with Google", "Sign in with Google"]],
];

describe.each(LANGUAGES)("Google's buttons for a reader of %s", (languages, lang, texts) => {
  const launch = () => launchChromium({ languages });
  describeInChromium({ name: "are in the language of the page", launch }, ({ visit }) => {
    test.each(["html", "js"])("the %s way", (way) =>
      visit(async ({ page }) => {
        const server = await startOwnServer({ GOOGLE_SIGN_IN: way });
        await open(page, `${server.origin}/spa`);
        expect(await page.evaluate(() => document.documentElement.lang)).toBe(lang);
        expect(await readButtons(page, languages)).toEqual(texts);
        await server.stop();
      }),
    );
  });
});
