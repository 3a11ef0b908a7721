import { describe, expect, test } from "bun:test";

import { createAssets } from "../../src/assets.ts";
import { buildAssets } from "../../src/build_assets.ts";
import { type Environment, readConfig } from "../../src/config.ts";
import { one, parse, parseResponse } from "../dom.ts";
import { ADA, createFoyer } from "../fixture.ts";

const ACME: Environment = {
  APP_NAME: "Acme <b>&</b> Co",
  APP_COLOR: "#0b6fb8",
  APP_HEADLINE: "All of Acme",
  APP_LEAD: 'For "the" people',
  APP_SUPPORT: "help@example.com",
  APP_PRIVACY_URL: "https://example.com/privacy",
  APP_TERMS_URL: "https://example.com/terms",
};
const built = buildAssets();

async function createAcme(env: Environment = ACME, logo?: string) {
  const { brand } = readConfig({ GOOGLE_OAUTH2_CLIENT_ID: "client", ...env });
  const own = logo ? { ...brand, logo: { type: "image/svg+xml", body: logo } as const } : brand;
  return createFoyer(env, { pages: [], assets: createAssets(built, own) });
}

describe("whose application it is", () => {
  test("stands in every page, and Foyer's name in none", async () => {
    const { visitor } = await createAcme();
    const ada = visitor();
    const pages = ["/spa", "/spa/account", "/spa/nothing", "/plain/content.top"];
    const fragments = ["/auth/auth_navbar", "/htmx/content.top", "/htmx/account"];
    const read = async () => [
      ...(await Promise.all(pages.map((path) => ada.send(path)))),
      ...(await Promise.all(fragments.map((path) => ada.fragment(path)))),
    ];
    const anonymous = await read();
    await ada.signIn(ADA);
    for (const response of [...anonymous, ...(await read())]) {
      const html = await response.text();
      expect(html).not.toMatch(/foyer/i);
      expect(parse(html).querySelector(".brand b, footer b, title b")).toBeNull();
      expect(html).toContain("Acme");
    }
  });

  test("says what it is, for search engines and phones", async () => {
    const { visitor } = await createAcme();
    const page = await parseResponse(await visitor().send("/spa"));
    expect(one(page, "title").textContent).toBe("Home · Acme <b>&</b> Co");
    const meta = (name: string) => one(page, `meta[${name}]`).getAttribute("content");
    expect(meta("name=description")).toBe('For "the" people');
    expect(meta("name=theme-color")).toBe("#0b6fb8");
    expect(meta('property="og:title"')).toBe("All of Acme");
    const manifest = one(page, "link[rel=manifest]").getAttribute("href") ?? "";
    const answer = await visitor().send(manifest);
    expect(answer.headers.get("content-type")).toBe("application/manifest+json");
    expect(await answer.json()).toMatchObject({ name: "Acme <b>&</b> Co", start_url: "/spa" });
    const icon = await visitor().send(
      one(page, "link[rel=apple-touch-icon]").getAttribute("href") ?? "",
    );
    expect(icon.headers.get("content-type")).toBe("image/png");
  });

  test("has its color in a stylesheet of its own, and its links in the footer", async () => {
    const { visitor } = await createAcme();
    const page = await parseResponse(await visitor().send("/spa"));
    const [, brand] = page.querySelectorAll("link[rel=stylesheet]");
    const style = await visitor().send(brand?.getAttribute("href") ?? "");
    expect(await style.text()).toBe(":root{--brand:#0b6fb8}");
    const links = [...page.querySelectorAll("footer a")].map((link) => link.getAttribute("href"));
    expect(links).toEqual([
      "https://example.com/privacy",
      "https://example.com/terms",
      "mailto:help@example.com",
    ]);
    expect(one(page, "#sign_in").textContent).toContain("By continuing you accept our Terms and");
  });

  test("has no stylesheet, link or agreement for what is not set", async () => {
    const { visitor } = await createAcme({});
    const page = await parseResponse(await visitor().send("/spa"));
    expect(page.querySelectorAll("link[rel=stylesheet]")).toHaveLength(1);
    expect(page.querySelectorAll("footer a")).toHaveLength(0);
    expect(one(page, "#sign_in").textContent).not.toContain("By continuing");
  });

  test("has a logo under a policy that runs nothing", async () => {
    const { visitor } = await createAcme(ACME, "<svg><script>alert(1)</script></svg>");
    const page = await parseResponse(await visitor().send("/spa"));
    const [logo] = page.querySelectorAll("img.logo");
    const answer = await visitor().send(logo?.getAttribute("src") ?? "");
    expect(answer.headers.get("content-security-policy")).toContain("default-src 'none'");
    expect(answer.headers.get("content-security-policy")).toContain("sandbox");
    expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
    expect(one(page, "link[rel=icon]").getAttribute("href")).toBe(logo?.getAttribute("src") ?? "");
    expect(page.querySelector("link[rel=apple-touch-icon]")).toBeNull();
  });
});

describe("a public page", () => {
  test("is in the document without a session cookie, and loads itself with one", async () => {
    const { visitor } = await createFoyer();
    const [someone, other] = [visitor(), visitor()];
    other.cookies.set("session_id", "whatever");
    const ready = await someone.send("/spa");
    expect(ready.headers.get("vary")).toBe("Accept-Encoding, Accept-Language, Cookie");
    const page = await parseResponse(ready);
    expect(one(page, "#content_section h1").textContent).toBe("Welcome to the test");
    expect(one(page, "#content_section").getAttribute("hx-trigger")).toStartWith("load, Login");
    expect(one(page, "#content_section").hasAttribute("data-ready")).toBe(true);
    expect(page.querySelectorAll("#auth_navbar .menu a").length).toBeGreaterThan(2);
    const reserved = await parseResponse(await other.send("/spa"));
    expect(one(reserved, "#content_section").innerHTML).toBe("");
    expect(reserved.querySelectorAll("#auth_navbar .menu a")).toHaveLength(0);
    const members = await parseResponse(await someone.send("/spa/content.secret1"));
    expect(one(members, "#content_section").innerHTML).toBe("");
  });
});
