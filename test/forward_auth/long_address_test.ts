import { describe, expect, test } from "bun:test";

import { parseResponse } from "../dom.ts";
import { createForwardAuth, NAVIGATION, verify, WIKI } from "./scene.ts";

/** Parts of addresses, by how much they grow when they are encoded twice. */
const UNITS = ["a", "%D0%B0", "/", "(:!,", "?q=%2F&"];
const LENGTHS = [10, 700, 1300, 1900, 2100, 3900];

describe("the address of a protected application", () => {
  const foyer = createForwardAuth();
  for (const unit of UNITS) {
    for (const length of LENGTHS) {
      const uri = `/${unit.repeat(length / unit.length)}`;
      test(`of ${length} characters of ${unit} leads to Google, from wherever it is read`, async () => {
        const visitor = (await foyer).visitor();
        const asked = await verify(visitor, { uri, headers: NAVIGATION });
        const enter = new URL(asked.headers.get("location") ?? "");
        const way = await visitor.send(enter.pathname + enter.search);
        expect(way.status).toBe(303);
        const page = await visitor.send(way.headers.get("location") ?? "");
        expect(page.status).toBe(200);
        const links = (await parseResponse(page)).querySelectorAll('a[href^="/auth/google?"]');
        expect(links.length).toBeGreaterThan(0);
        for (const link of links) {
          const google = await visitor.send(link.getAttribute("href") ?? "");
          expect(google.status).toBe(303);
        }
        // A deep link survives, or people come to the start: never to half an address.
        const address = enter.searchParams.get("return") ?? "";
        expect([new URL(WIKI + uri).href, `${WIKI}/`]).toContain(address);
        if (length < 800) expect(address).toBe(new URL(WIKI + uri).href);
      });
    }
  }
});
