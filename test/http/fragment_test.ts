import { describe, expect, test } from "bun:test";

import { neutralize } from "../../src/http/fragment.ts";
import { one, parseResponse } from "../dom.ts";
import { ADA, createFoyer } from "../fixture.ts";

describe("what htmx would take for an element of its own", () => {
  const ROWS: [html: string, neutral: string][] = [
    ['<input value="<hx-x onload=y>">', '<input value="&lt;hx-x onload=y>">'],
    ["<HX-partial>", "&lt;HX-partial>"],
    ["<hX-oob <hx-oob", "&lt;hX-oob &lt;hx-oob"],
    ['<p hx-get="/htmx/x">&lt;hx-x</p>', '<p hx-get="/htmx/x">&lt;hx-x</p>'],
    ["<hx", "<hx"],
  ];
  for (const [html, neutral] of ROWS) {
    test(`in ${html} is text`, () => expect(neutralize(html)).toBe(neutral));
  }

  const HOSTILE = [
    '<hx-x hx-delete="/account" hx-trigger="load">',
    "<hx-x hx-delete=/account hx-trigger=load >",
    "<HX-PARTIAL onfocus=alert(1) autofocus >",
    '"><hx-x>',
    "'><img src=x onerror=alert(1)>",
  ];
  for (const search of HOSTILE) {
    test(`stays text in a search for ${search}`, async () => {
      const ada = (await createFoyer({ ADMIN_EMAILS: ADA.email })).visitor();
      await ada.signIn(ADA);
      const response = await ada.fragment(
        `/htmx/admin.people?${new URLSearchParams({ q: search })}`,
      );
      // As htmx reads it.
      const html = (await response.clone().text()).replace(
        /<hx-([a-z]+)/gi,
        '<template hx type="$1"',
      );
      expect(html).not.toMatch(/<template/i);
      const page = await parseResponse(response);
      const input = one(page, "#people_search");
      expect(input.getAttribute("value")).toBe(search);
      expect(page.querySelector("img[src=x]")).toBeNull();
      const { attributes } = one(
        await parseResponse(await ada.fragment("/htmx/admin.people?q=plain")),
        "#people_search",
      );
      expect(input.getAttributeNames()).toEqual([...attributes].map(({ name }) => name));
    });
  }
});
