import { describe, expect, test } from "bun:test";

import { collectPages } from "../../src/pages/all_pages.ts";
import { one, parseResponse } from "../dom.ts";
import { createFoyer } from "../fixture.ts";
import { TEST_PAGES } from "../pages.tsx";
import { codeOf } from "../visitor.ts";

const { app } = await createFoyer();
const get = (path: string, headers: Record<string, string> = {}) =>
  app.handle(new Request(`http://localhost${path}`, { headers }));

describe("the page", () => {
  test("/ redirects to it", async () => {
    const response = await get("/");
    expect(response.status).toBe(302);
    expect(response.headers.get("location")).toBe("/spa");
  });

  const PAGES = [
    ["/spa", "content.top"],
    ...[...collectPages(TEST_PAGES).keys()].map((name) => [`/spa/${name}`, name]),
  ];
  for (const [path = "", name] of PAGES) {
    test(`${path} loads its navigation bar and ${name}`, async () => {
      const response = await get(path);
      expect(response.status).toBe(200);
      expect(response.headers.get("cache-control")).toBe("no-cache");
      expect(response.headers.getSetCookie()).toEqual([]);
      const page = await parseResponse(response);
      const navbar = one(page, "#auth_navbar");
      expect(navbar.getAttribute("hx-get")).toBe("/auth/auth_navbar");
      expect(navbar.getAttribute("hx-trigger")).toBe("load, LoginStatusChange from:document");
      const content = one(page, "#content_section");
      expect(content.getAttribute("hx-get")).toBe(`/htmx/${name}`);
      expect(content.getAttribute("hx-trigger")).toStartWith("load");
      expect(one(page, "title").textContent).toEndWith(" · Foyer");
      expect(page.documentElement.getAttribute("lang")).toBe("en");
    });
  }

  test("has no inline script or style, and keeps Google's script from adding one", async () => {
    const page = await parseResponse(await get("/spa"));
    expect([...page.querySelectorAll("script")].every((script) => script.hasAttribute("src"))).toBe(
      true,
    );
    expect(page.querySelectorAll("style, [style], [onclick], [onload]")).toHaveLength(0);
    expect(one(page, "#googleidentityservice_button_styles").tagName).toBe("LINK");
    expect(page.querySelector("[data-nonce]")).toBeNull();
  });

  const UNKNOWN = [
    "nothing",
    "constructor",
    "__proto__",
    "toString",
    "content.top/",
    "a/b",
    "%00",
    "%E0%A4%A",
  ];
  for (const name of [...UNKNOWN, "<img src=x onerror=alert(1)>", "x".repeat(2000)]) {
    test(`/spa/${name.slice(0, 40)} is a page that says 404`, async () => {
      const response = await get(`/spa/${name}`);
      expect(response.status).toBe(404);
      const page = await parseResponse(response);
      expect(one(page, "h1").textContent).toBe("Page not found");
      expect(page.querySelector("img")).toBeNull();
      expect(one(page, "#auth_navbar")).toBeTruthy();
    });
  }

  test("answers HEAD like GET", async () => {
    const head = await app.handle(new Request("http://localhost/spa", { method: "HEAD" }));
    expect(head.status).toBe(200);
    expect(head.headers.get("content-type")).toBe("text/html; charset=utf-8");
  });
});

describe("an unknown path", () => {
  for (const path of [
    "/nothing",
    "/auth",
    "/auth/",
    "/auth/constructor",
    "/__proto__",
    "/assets/",
    "/assets/x.js",
    "//evil.example",
    "/SPA",
    "/spa/",
  ]) {
    test(`${path} is 404`, async () => {
      const response = await get(path);
      expect(response.status).toBe(404);
      if (!path.startsWith("/spa")) expect(await codeOf(response)).toBe("not_found");
    });
  }

  test("gets a page when a person navigates", async () => {
    const response = await get("/nothing", { "sec-fetch-mode": "navigate" });
    expect(response.status).toBe(404);
    expect(one(await parseResponse(response), "h1").textContent).toBe("Page not found");
  });
});

describe("a wrong method", () => {
  const ROWS: [method: string, path: string, allow: string][] = [
    ["POST", "/spa", "GET, HEAD"],
    ["PUT", "/spa/content.top", "GET, HEAD"],
    ["DELETE", "/auth/login", "POST"],
    ["GET", "/auth/login", "POST"],
    ["GET", "/auth/logout", "POST"],
    ["POST", "/auth/auth_navbar", "GET, HEAD"],
    ["PATCH", "/healthz", "GET, HEAD"],
  ];
  for (const [method, path, allow] of ROWS) {
    test(`${method} ${path} is 405 and says what is allowed`, async () => {
      const headers = { "sec-fetch-site": "same-origin", "hx-request": "true" };
      const response = await app.handle(
        new Request(`http://localhost${path}`, { method, headers }),
      );
      expect(response.status).toBe(405);
      expect(response.headers.get("allow")).toBe(allow);
    });
  }
});

describe("every answer", () => {
  const ANSWERS = [
    "/",
    "/spa",
    "/spa/x",
    "/auth/auth_navbar",
    "/auth/is_authenticated",
    "/auth/events",
    "/healthz",
    "/nothing",
    "/assets/x",
  ];
  for (const path of ANSWERS) {
    test(`${path} carries the security headers`, async () => {
      for (const headers of [{}, { "hx-request": "true" }]) {
        const response = await get(path, headers as Record<string, string>);
        const policy = response.headers.get("content-security-policy") ?? "";
        expect(policy).toContain("default-src 'none'");
        expect(policy).toContain("frame-ancestors 'none'");
        expect(policy).not.toContain("unsafe");
        expect(response.headers.get("x-content-type-options")).toBe("nosniff");
        // What htmx asks for becomes no document.
        const isFragment = path === "/auth/auth_navbar" && "hx-request" in headers;
        const opener = isFragment ? null : "same-origin-allow-popups";
        expect(response.headers.get("cross-origin-opener-policy")).toBe(opener);
        expect(response.headers.has("permissions-policy")).toBe(!isFragment);
        expect(response.headers.has("strict-transport-security")).toBe(false);
      }
    });
  }

  test("requires https when served over https", async () => {
    const foyer = await createFoyer({ ORIGIN: "https://app.example.com" });
    const response = await foyer.app.handle(new Request("http://localhost/spa"));
    expect(response.headers.get("strict-transport-security")).toBe("max-age=31536000");
    expect(response.headers.get("referrer-policy")).toBe("strict-origin-when-cross-origin");
    expect(response.headers.get("content-security-policy")).toContain(
      "script-src 'self' https://accounts.google.com/gsi/client;",
    );
  });
});
