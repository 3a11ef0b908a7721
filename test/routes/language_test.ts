import { describe, expect, test } from "bun:test";

import { one, parseResponse } from "../dom.ts";
import { ADA, createFoyer } from "../fixture.ts";

const GERMAN = { "accept-language": "de-AT,de;q=0.9,en;q=0.5" };

describe("the language of a person", async () => {
  const { visitor } = await createFoyer({}, { pages: [] });

  test("is that of the page, whether its content is in it or not", async () => {
    const person = visitor();
    for (const path of ["/spa", "/spa/account"]) {
      const response = await person.send(path, { headers: GERMAN });
      expect(response.headers.get("vary")).toBe("Accept-Encoding, Accept-Language, Cookie");
      const page = await parseResponse(response);
      expect(page.documentElement.getAttribute("lang")).toBe("de");
      expect(one(page, "a.skip").textContent.trim()).toBe("Zum Inhalt springen");
    }
  });

  test("is that of the navigation bar, also if another language was asked for before", async () => {
    const person = visitor();
    await person.signIn(ADA);
    const signOut = async (headers: Record<string, string>) => {
      const bar = await parseResponse(await person.fragment("/auth/auth_navbar", { headers }));
      return one(bar, "[hx-post='/auth/logout']").textContent.trim();
    };
    expect(await signOut({})).toBe("Sign out");
    expect(await signOut(GERMAN)).toBe("Abmelden");
    expect(await signOut({})).toBe("Sign out");
  });

  test("is that of a page without script", async () => {
    const page = await parseResponse(
      await visitor().send("/plain/content.top", { headers: GERMAN }),
    );
    expect(page.documentElement.getAttribute("lang")).toBe("de");
    expect(one(page, "h1").textContent).toBe("Die Seiten Ihres Teams an einem Ort");
  });

  test("changes no headline of the operator's own", async () => {
    const { visitor } = await createFoyer({ APP_HEADLINE: "All of Acme" }, { pages: [] });
    const page = await parseResponse(await visitor().send("/spa", { headers: GERMAN }));
    expect(one(page, "h1").textContent).toBe("All of Acme");
  });
});
