import { describe, expect, test } from "bun:test";

import { createAssets } from "../../src/assets.ts";
import { buildAssets } from "../../src/build_assets.ts" with { type: "macro" };
import { one, parseResponse } from "../dom.ts";
import { ADA, createFoyer, GRACE } from "../fixture.ts";
import {
  createForwardAuth,
  GRAFANA,
  guestOf,
  NAVIGATION,
  SETTINGS,
  signedIn,
  verify,
  WIKI,
} from "./scene.ts";

/** What would be asked of the application's own origin, if `<base>` did not lead to Foyer's. */
const LOADS =
  "script, link:not([href^='data:']), img:not([src^='data:']), iframe, object, [hx-get], [hx-post]";

describe("the page for who may not open an application", () => {
  test("brings all that it needs, under a policy of its own", async () => {
    const brand = { APP_COLOR: "#123456", APP_NAME: "Acme <b>" };
    const base = await createFoyer({ ...SETTINGS, ...brand });
    const { config } = base.deps;
    const assets = createAssets(buildAssets(), config.brand);
    const foyer = await createFoyer({ ...SETTINGS, ...brand }, { assets });
    const guest = guestOf(await signedIn(foyer, GRACE));
    const response = await verify(guest, { site: GRAFANA, uri: "/d/1?a=b", headers: NAVIGATION });
    expect([response.status, response.headers.get("cache-control")]).toEqual([403, "no-store"]);
    const policy = response.headers.get("content-security-policy") ?? "";
    const document = await parseResponse(response);
    const style = one(document, "style").textContent ?? "";
    expect(style.length).toBeGreaterThan(5000);
    expect(style).toContain("--brand:#123456");
    const hash = new Bun.CryptoHasher("sha256").update(style).digest("base64");
    expect(policy).toStartWith("default-src 'none'; ");
    expect(policy).toContain(`style-src 'sha256-${hash}'`);
    expect(policy).not.toContain("unsafe");
    expect([...document.querySelectorAll(LOADS)]).toEqual([]);
    // Without an icon, browsers ask the application for theirs, when they find the time.
    expect(one(document, "link[rel=icon]").getAttribute("href")).toStartWith("data:image/svg+xml");
    expect(one(document, "base").getAttribute("href")).toBe("https://auth.example.com/");
    expect(one(document, ".brand span").textContent).toBe("Acme <b>");
    expect(one(document, "h1").textContent).toBe("You can’t open grafana.example.com");
    const another = one(document, "a.google-link").getAttribute("href") ?? "";
    const path = new URL(another, GRAFANA).searchParams.get("return") ?? "";
    expect(new URL(path, GRAFANA).searchParams.get("return")).toBe(`${GRAFANA}/d/1?a=b`);
  });

  test("says that an account is disabled, and that an application is not set up", async () => {
    const foyer = await createForwardAuth();
    const unknown = await verify(foyer.visitor(), { site: null, headers: NAVIGATION });
    expect(one(await parseResponse(unknown), "h1").textContent).toBe(
      "This application is not set up",
    );
  });
});

describe("protected applications", () => {
  const LISTS: [person: typeof ADA, path: string, origins: string[]][] = [
    [ADA, "/htmx/content.top", [WIKI, GRAFANA]],
    [ADA, "/htmx/account", [WIKI, GRAFANA]],
    [GRACE, "/htmx/content.top", [WIKI, "https://shop.example.com:8443"]],
    [GRACE, "/htmx/account", [WIKI, "https://shop.example.com:8443"]],
  ];
  for (const [person, path, origins] of LISTS) {
    test(`are listed at ${path} for ${person.name}, as far as they are open`, async () => {
      const visitor = await signedIn(await createFoyer(SETTINGS, { pages: [] }), person);
      const document = await parseResponse(await visitor.fragment(path));
      const links = [...document.querySelectorAll("a[href^='https://']")].map((link) =>
        link.getAttribute("href"),
      );
      expect(links.filter((href) => href?.includes("example.com"))).toEqual(origins);
      expect(document.body.textContent).toContain("Wiki, of the house");
    });
  }

  test("are listed nowhere for strangers, and no section stands there without them", async () => {
    const foyer = await createForwardAuth();
    const { app } = foyer;
    const html = await (await app.handle(new Request("http://localhost/spa"))).text();
    expect(html).not.toContain(WIKI);
    const visitor = await signedIn(await createForwardAuth({ FORWARD_AUTH_ORIGINS: "" }), GRACE);
    expect(await (await visitor.fragment("/htmx/account")).text()).not.toContain("applications");
  });
});
