import { expect, test } from "bun:test";

import type { Page } from "puppeteer-core";

import { ADA } from "../fixture.ts";
import type { Visitor } from "../visitor.ts";
import { describeInChromium } from "./describe_in_chromium.ts";
import { startOwnServer } from "./own_server.ts";
import { startForEach } from "./start_for_tests.ts";
import { open, openAccountMenu, waitUntilLoaded } from "./steps.ts";

const NAMES: [what: string, name: string][] = [
  ["long without a space", "Wolfeschlegelsteinhausenbergerdorff".repeat(7)],
  ["in bidi controls", "\u202e\u2066evil\u2069 dessimda\u200f"],
  ["with many accents", `Z${"\u0300\u0316".repeat(60)}oe`],
  ["of joined emoji", "👩🏽‍🚀".repeat(40)],
  ["of wide letters", "﷽".repeat(20)],
  ["in Arabic", "عبد الرحمن بن محمد بن عبد الله"],
  ["of spaces that are none", "\u3164\u00a0\u2003\u200b"],
  ["that looks like HTML", "</bdi><h1 style=width:9999px>&amp;"],
];

/** They stand in lists of devices and activity. */
const USER_AGENTS = [
  `Mozilla/5.0 (X11; Linux x86_64) ${"A".repeat(900)}/1.0`,
  `Mozilla/5.0 (iPhone; CPU ${"iPhone".repeat(60)} OS 18_5 like Mac OS X) Mobile Safari/604.1`,
];

const PAGES = ["/spa", "/spa/account", "/spa/content.list", "/spa/content.secret1"];
const LANGUAGES = ["en", "de"];

describeInChromium("a small window", ({ visit }) => {
  const server = startForEach(startOwnServer);

  /** Signs in on some devices, and answers with the last one. */
  async function signInAs(name: string): Promise<Visitor> {
    const visitors = [...USER_AGENTS, "", ""].map((agent) => ({
      agent,
      visitor: server.foyer.visitor(),
    }));
    for (const { agent, visitor } of visitors) {
      const credential = await visitor.credential({ ...ADA, name });
      await visitor.send("/auth/login", {
        method: "POST",
        headers: { "user-agent": agent },
        body: new URLSearchParams({ credential }),
      });
      server.clock.pass(60_000);
    }
    return (visitors.at(-1) as (typeof visitors)[number]).visitor;
  }

  for (const [what, name] of NAMES) {
    test(`shows a name ${what}, and nothing is wider than the window`, () =>
      visit(async ({ page, context }) => {
        const { customers } = server.foyer.store.tables;
        await customers.add([{ number: 1, name, company: name, city: name, since: "soon" }]);
        const visitor = await signInAs(name);
        for (const [key, value] of visitor.cookies)
          await context.setCookie({ name: key, value, domain: "localhost" });
        await page.setViewport({ width: 1280, height: 740 });
        await open(page, `${server.origin}/spa/account`);
        expect(await findWide(page)).toEqual([]);
        expect(await page.$eval("header", (header) => header.clientHeight)).toBe(64);
        await page.setViewport({ width: 360, height: 740 });
        for (const language of LANGUAGES) {
          await page.setExtraHTTPHeaders({ "accept-language": language });
          for (const path of PAGES) {
            await open(page, server.origin + path);
            for (const direction of ["ltr", "rtl"]) {
              await page.evaluate((dir) => (document.documentElement.dir = dir), direction);
              expect([path, language, direction, await findWide(page)]).toEqual([
                path,
                language,
                direction,
                [],
              ]);
            }
          }
        }
        await openAccountMenu(page);
        expect(await findWide(page)).toEqual([]);
      }));
  }
});

/** Runs in the page: what reaches beyond the window, outside of what scrolls by itself. */
async function findWide(page: Page): Promise<string[]> {
  await waitUntilLoaded(page);
  return await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    const wide = [...document.body.querySelectorAll("*")].filter((element) => {
      const { left, right, width } = element.getBoundingClientRect();
      const isHidden = element.closest(".wide, .hear, .person-name, .skip, svg") !== null;
      return width > 1 && !isHidden && (left < -1 || right > clientWidth + 1);
    });
    const page = scrollWidth > clientWidth ? [`page: ${scrollWidth} of ${clientWidth}`] : [];
    return [...page, ...wide.map((element) => element.outerHTML.slice(0, 120))];
  });
}
