import { describe, expect, test } from "bun:test";

import { hashToken } from "../../src/auth/token.ts";
import { PATHS } from "../../src/paths.ts";
import { one, parseResponse } from "../dom.ts";
import { ADA, createFoyer, EDSGER, setDisabled } from "../fixture.ts";
import { codeOf } from "../visitor.ts";

const HOSTILE = `<script>alert(1)</script>"'&lt;b&gt;<hx-a>`;

describe("GET /auth/auth_navbar", () => {
  for (const way of ["html", "js"]) {
    test(`offers anonymous people one Google button, the ${way} way`, async () => {
      const foyer = await createFoyer({ GOOGLE_SIGN_IN: way });
      const visitor = foyer.visitor();
      const response = await visitor.fragment(PATHS.navbar);
      expect(response.status).toBe(200);
      expect(response.headers.get("cache-control")).toBe("no-store");
      expect(response.headers.get("vary")).toBe("Cookie");
      const [cookie] = response.headers.getSetCookie();
      expect(cookie).toMatch(/^sign_in=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/);
      const navbar = one(await parseResponse(response), "#auth_navbar");
      expect(navbar.getAttribute("hx-trigger")).toBe("LoginStatusChange from:document");
      expect(one(navbar, "[data-nonce]").getAttribute("data-nonce")).toMatch(
        /^[\w-]{32}\.[\w-]{43}$/,
      );
      expect(one(navbar, "[data-client_id]").getAttribute("data-client_id")).toBe(
        foyer.deps.config.googleClientId,
      );
      expect(navbar.querySelectorAll("#g_id_onload, .g_id_signin")).toHaveLength(
        way === "html" ? 2 : 0,
      );
      expect(navbar.querySelector("[hx-post]")).toBeNull();
    });
  }

  test("keeps a browser's sign-in cookie, and replaces an invalid one", async () => {
    const visitor = (await createFoyer()).visitor();
    await visitor.nonce();
    const kept = await visitor.fragment(PATHS.navbar);
    expect(kept.headers.getSetCookie()).toEqual([]);
    for (const value of ["", "[1]", "short", `${"A".repeat(43)}=`, `"${"A".repeat(43)}"`]) {
      visitor.cookies.set("sign_in", value);
      const replaced = await visitor.fragment(PATHS.navbar);
      expect(replaced.headers.getSetCookie()).toHaveLength(1);
    }
  });

  test("shows members their name, picture and sign-out, and no Google button", async () => {
    const foyer = await createFoyer();
    const visitor = foyer.visitor();
    await visitor.signIn(ADA);
    const navbar = one(await parseResponse(await visitor.fragment(PATHS.navbar)), "#auth_navbar");
    expect(one(navbar, ".person-name").textContent?.trim()).toBe("Ada Lovelace");
    expect(one(navbar, "img").getAttribute("src")).toBe(
      `${foyer.google.origin}/people/${ADA.sub}.svg`,
    );
    expect(one(navbar, "img").getAttribute("referrerpolicy")).toBe("no-referrer");
    expect(one(navbar, "[hx-post]").getAttribute("hx-post")).toBe("/auth/logout");
    expect(navbar.querySelector("[data-nonce], google-button, .locked")).toBeNull();
  });

  test("tells disabled people why, and lets them sign out", async () => {
    const foyer = await createFoyer();
    const visitor = foyer.visitor();
    await visitor.signIn(ADA);
    const session = await foyer.store.findSession(hashToken(visitor.sessionToken));
    await setDisabled(foyer, { userId: session?.user.id ?? "", isDisabled: true });
    const navbar = one(await parseResponse(await visitor.fragment(PATHS.navbar)), "#auth_navbar");
    expect(one(navbar, ".account > .badge").textContent?.trim()).toBe("This account is disabled");
    expect(one(navbar, "[hx-post]").textContent?.trim()).toBe("Sign out");
    expect(navbar.querySelector("[data-nonce]")).toBeNull();
    const content = await visitor.fragment("/htmx/content.secret1");
    expect(content.status).toBe(403);
    expect(await content.text()).toContain("This account is disabled");
  });

  test("draws any name and address as text", async () => {
    const visitor = (await createFoyer()).visitor();
    await visitor.signIn(ADA, { claims: { name: HOSTILE } });
    for (const path of [PATHS.navbar, "/htmx/content.secret1", "/htmx/content.secret2"]) {
      const document = await parseResponse(await visitor.fragment(path));
      expect(document.querySelector("script, b b, i")).toBeNull();
      expect(document.body.textContent).toContain(HOSTILE);
    }
    const navbar = await (await visitor.fragment(PATHS.navbar)).text();
    // htmx rewrites every "<hx-", wherever it stands.
    expect(navbar).not.toMatch(/<hx-/i);
  });

  const PICTURES = [
    "https://lh3.googleusercontent.com.evil.example/a.png",
    "https://evil.example/lh3.googleusercontent.com/a.png",
    "https://evilgoogleusercontent.com/a.png",
    "http://lh3.googleusercontent.com/a.png",
    "https://lh3.googleusercontent.com:8443/a.png",
    "javascript:alert(1)",
    "data:image/svg+xml,<svg/>",
    "//evil.example/a.png",
    "/local.png",
    "not a picture",
    "",
  ];
  for (const picture of PICTURES) {
    test(`shows the initial in place of the picture "${picture}"`, async () => {
      const visitor = (await createFoyer()).visitor();
      await visitor.signIn(ADA, { claims: { picture } });
      const navbar = await parseResponse(await visitor.fragment(PATHS.navbar));
      expect(navbar.querySelector("img")).toBeNull();
      expect(one(navbar, ".initial").textContent?.trim()).toBe("A");
    });
  }

  test("shows Google's own pictures", async () => {
    const visitor = (await createFoyer()).visitor();
    const picture = "https://lh3.googleusercontent.com/a/x=s96-c?a=1&b=2";
    await visitor.signIn(ADA, { claims: { picture } });
    const navbar = await parseResponse(await visitor.fragment(PATHS.navbar));
    expect(one(navbar, "img").getAttribute("src")).toBe(picture);
  });
});

describe("GET /htmx/NAME", () => {
  test("shows the public page to everybody", async () => {
    const visitor = (await createFoyer()).visitor();
    const response = await visitor.fragment("/htmx/content.top");
    expect(response.status).toBe(200);
    const document = await parseResponse(response);
    const content = one(document, "#content_section");
    expect(content.getAttribute("hx-get")).toBe("/htmx/content.top");
    expect(content.getAttribute("hx-trigger")).toBe("LoginStatusChange from:document");
    expect(one(content, "h1").textContent).toContain("Welcome");
  });

  for (const name of ["content.secret1", "content.secret2"]) {
    test(`${name} refuses anonymous people in a sentence, and reloads itself when they sign in`, async () => {
      const visitor = (await createFoyer()).visitor();
      const response = await visitor.fragment(`/htmx/${name}`);
      expect(response.status).toBe(401);
      expect(response.headers.get("cache-control")).toBe("no-store");
      const content = one(await parseResponse(response), "#content_section");
      expect(content.getAttribute("hx-get")).toBe(`/htmx/${name}`);
      const title = { "content.secret1": "Room", "content.secret2": "Library" }[name];
      expect(one(content, "h1").textContent).toBe(`Sign in to open ${title}`);
      const link = one(content, "google-slot a");
      expect(link.getAttribute("href")).toBe(`/auth/google?return=%2Fspa%2F${name}`);
      expect(content.querySelector("google-button, [data-nonce]")).toBeNull();
    });

    test(`${name} opens for members`, async () => {
      const visitor = (await createFoyer()).visitor();
      await visitor.signIn(EDSGER);
      const response = await visitor.fragment(`/htmx/${name}`);
      expect(response.status).toBe(200);
      expect(response.headers.get("vary")).toBe("Cookie");
      expect(await response.text()).toContain("Edsger Dijkstra");
    });
  }

  for (const name of [
    "constructor",
    "__proto__",
    "nothing",
    "%3Cscript%3E",
    "content.top%00",
    "%E0%A4%A",
  ]) {
    test(`${name} is 404, as a fragment`, async () => {
      const response = await (await createFoyer()).visitor().fragment(`/htmx/${name}`);
      expect(response.status).toBe(404);
      const document = await parseResponse(response);
      expect(document.querySelector("script")).toBeNull();
      expect(one(document, "#content_section")).toBeTruthy();
    });
  }
});

describe("a fragment without HX-Request", () => {
  for (const path of [
    PATHS.navbar,
    "/htmx/content.top",
    "/htmx/content.secret1",
    "/htmx/nothing",
  ]) {
    for (const value of [undefined, "", "false", "TRUE", "1"]) {
      test(`${path} with HX-Request ${value ?? "absent"} is 400`, async () => {
        const visitor = (await createFoyer()).visitor();
        const headers: Record<string, string> = value === undefined ? {} : { "hx-request": value };
        const response = await visitor.send(path, { headers });
        expect(response.status).toBe(400);
        const problem = await response.clone().json();
        expect(problem.detail).toBe("Only HX request is allowed to this end point.");
        expect(await codeOf(response)).toBe("bad_parameter");
        expect(visitor.cookies.size).toBe(0);
      });
    }
  }
});
