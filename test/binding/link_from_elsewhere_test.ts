import { expect, test } from "bun:test";

import { PATHS } from "../../src/paths.ts";
import { BOUND } from "../dbsc_browser.ts";
import { ADA } from "../fixture.ts";
import { BOUND_AGE_MS, browserOf, createBindingFoyer } from "./scene.ts";

const LINK = { "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate" };

/** How a request of a bound session comes without its device, and whether it is recorded. */
const ROWS: [what: string, headers: Record<string, string>, method: string, isRecorded: boolean][] =
  [
    ["a link from another site", LINK, "GET", false],
    [
      "a link from another host of the site",
      { ...LINK, "sec-fetch-site": "same-site" },
      "GET",
      false,
    ],
    ["the address bar", { ...LINK, "sec-fetch-site": "none" }, "GET", true],
    ["a link of ours", { ...LINK, "sec-fetch-site": "same-origin" }, "GET", true],
    ["a fetch of another site", { ...LINK, "sec-fetch-mode": "cors" }, "GET", true],
    ["a HEAD request", LINK, "HEAD", true],
    ["no browser", { "sec-fetch-site": "" }, "GET", true],
  ];

for (const [what, headers, method, isRecorded] of ROWS) {
  test(`${what} without the device is ${isRecorded ? "" : "not "}recorded, and nobody’s`, async () => {
    const foyer = await createBindingFoyer();
    const browser = await browserOf(foyer);
    await browser.signInBound(ADA);
    foyer.clock.pass(BOUND_AGE_MS);
    browser.visitor.cookies.delete(BOUND);
    const path = `${PATHS.plain}/content.secret1`;
    expect((await browser.visitor.send(path, { method, headers })).status).toBe(401);
    const kinds = (await foyer.store.listEvents({ limit: 100 })).map(({ kind }) => kind);
    expect(kinds.includes("binding_missing")).toBe(isRecorded);
  });
}
