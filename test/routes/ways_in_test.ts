import { describe, expect, test } from "bun:test";

import type { Environment } from "../../src/config.ts";
import { one, parseResponse } from "../dom.ts";
import { ADA, createFoyer } from "../fixture.ts";

const FACEBOOK =
  "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/22F76 [FBAN/FBIOS;FBAV/530.0]";

/** The navigation bar that an anonymous browser gets with `env`. */
async function readNavbar(env: Environment, headers: Record<string, string> = {}) {
  const foyer = await createFoyer(env);
  const visitor = foyer.visitor();
  const response = await visitor.fragment("/auth/auth_navbar", { headers });
  expect(response.status).toBe(200);
  return { ...foyer, visitor, navbar: await parseResponse(response) };
}

describe("sign-in in the navigation bar", () => {
  const METHODS: Environment[] = [
    {},
    { GOOGLE_SIGN_IN: "js" },
    { GOOGLE_UX_MODE: "redirect" },
    { GOOGLE_SIGN_IN: "js", GOOGLE_UX_MODE: "redirect" },
    { GOOGLE_ONE_TAP: "true" },
    { GOOGLE_SIGN_IN: "fedcm" },
  ];
  for (const env of METHODS) {
    test(`has one nonce, and a link without script: ${JSON.stringify(env)}`, async () => {
      const current = { "hx-current-url": "http://localhost/spa/content.secret1" };
      const { navbar } = await readNavbar(env, current);
      expect(one(navbar, "[data-nonce]").getAttribute("data-nonce")).toMatch(
        /^[\w-]{32}\.[\w-]{43}$/,
      );
      const links = [...navbar.querySelectorAll("a.google-link")];
      expect(new Set(links.map((link) => link.getAttribute("href")))).toEqual(
        new Set(["/auth/google?return=%2Fspa%2Fcontent.secret1"]),
      );
      expect(links[0]?.hasAttribute("hidden")).toBe(false);
      expect(navbar.querySelector("form, script, style")).toBeNull();
    });
  }

  test("reloads before its nonce expires, and only then", async () => {
    const { navbar, visitor, clock } = await readNavbar({});
    const account = one(navbar, "refresh-after");
    expect(account.getAttribute("hx-get")).toBe("/auth/auth_navbar");
    expect(account.getAttribute("hx-trigger")).toBe("stale");
    expect(account.getAttribute("hx-target")).toBe("#auth_navbar");
    const nonce = one(navbar, "[data-nonce]").getAttribute("data-nonce") ?? "";
    // At the last moment, a person still has ten minutes for the account chooser.
    clock.pass(Number(account.getAttribute("seconds")) * 1000 + 600_000);
    expect((await visitor.signIn(ADA, { nonce })).status).toBe(200);
  });

  test("with FedCM asks the browser, without a script or frame from Google", async () => {
    const { navbar, google, app } = await readNavbar({ GOOGLE_SIGN_IN: "fedcm" });
    const button = one(navbar, "fedcm-button");
    expect(button.hasAttribute("data-claims")).toBe(false);
    expect(button.getAttribute("data-config_url")).toBe(`${google.origin}/gsi/fedcm.json`);
    expect(navbar.querySelector("google-button, #g_id_onload, .g_id_signin")).toBeNull();
    // The FedCM button is hidden until the script finds FedCM; until then the link is the button.
    expect(one(button, "button").hasAttribute("hidden")).toBe(true);
    expect(one(button, "a.button").hasAttribute("hidden")).toBe(false);
    const page = await parseResponse(await app.handle(new Request("http://localhost/spa")));
    expect(page.querySelector("link[rel=preconnect]")).toBeNull();
  });

  test("offers One Tap only if configured", async () => {
    const [without, withOneTap] = await Promise.all([
      readNavbar({}),
      readNavbar({ GOOGLE_ONE_TAP: "true" }),
    ]);
    expect(one(without.navbar, "google-button").hasAttribute("one-tap")).toBe(false);
    expect(one(withOneTap.navbar, "google-button").hasAttribute("one-tap")).toBe(true);
    // Google's script must not prompt automatically: it would do so right after sign-out.
    for (const { navbar } of [without, withOneTap]) {
      expect(one(navbar, "#g_id_onload").getAttribute("data-auto_prompt")).toBe("false");
    }
  });

  test("asks for Google's session claims if configured", async () => {
    const asked = '{"id_token":{"auth_time":{"essential":true},"amr":{"essential":true}}}';
    const ways: [way: string, attribute: string, asked: string][] = [
      ["html", "data-essential_claims", "auth_time,amr"],
      ["fedcm", "data-claims", asked],
    ];
    for (const [GOOGLE_SIGN_IN, attribute, asked] of ways) {
      const { navbar } = await readNavbar({ GOOGLE_SIGN_IN, GOOGLE_AUTH_CLAIMS: "true" });
      expect(one(navbar, "[data-nonce]").getAttribute(attribute)).toBe(asked);
    }
  });

  test("says which way the button goes, and to the browser's own dialog only if configured", async () => {
    const silent = {
      essential_claims: null,
      button_auto_select: null,
      itp_support: null,
      color_scheme: null,
    };
    const rows: [env: Environment, said: Record<string, string | null>][] = [
      [{}, { ux_mode: "popup", use_fedcm_for_button: "false", ...silent }],
      [
        { GOOGLE_SIGN_IN: "js", GOOGLE_UX_MODE: "redirect", GOOGLE_ONE_TAP: "true" },
        { ux_mode: "redirect", itp_support: "true", color_scheme: "default" },
      ],
      [
        { GOOGLE_BUTTON_FEDCM: "true" },
        { ux_mode: "popup", use_fedcm_for_button: "true", button_auto_select: "false" },
      ],
    ];
    for (const [env, said] of rows) {
      const client = one((await readNavbar(env)).navbar, "[data-client_id]");
      expect(client.getAttribute("data-login_uri")).toBe("http://localhost:3000/auth/callback");
      for (const [name, value] of Object.entries(said)) {
        expect(client.getAttribute(`data-${name}`)).toBe(value);
      }
    }
  });

  test("in a browser inside an app, asks for a real browser", async () => {
    for (const env of METHODS) {
      const { navbar } = await readNavbar(env, { "user-agent": FACEBOOK });
      const card = one(navbar, "in-app-browser template").innerHTML;
      expect(card).toContain("Open this page in your browser");
      expect(card).toContain('href="/auth/google?return=%2Fspa"');
      expect(navbar.querySelector("google-button, fedcm-button, [data-nonce]")).toBeNull();
    }
  });
});

describe("the policy", () => {
  const GSI = (origin: string) => `${origin}/gsi/`;
  const SCRIPT_WAYS: Environment[] = [
    {},
    { GOOGLE_SIGN_IN: "js" },
    { GOOGLE_UX_MODE: "redirect" },
    { GOOGLE_ONE_TAP: "true" },
  ];
  for (const env of SCRIPT_WAYS) {
    test(`allows Google's script, style and frame: ${JSON.stringify(env)}`, async () => {
      const { policy, headers, origin } = await readPolicy(env);
      expect(policy.get("script-src")).toEqual(["'self'", `${GSI(origin)}client`]);
      expect(policy.get("style-src")).toEqual(["'self'", `${GSI(origin)}style`]);
      expect(policy.get("connect-src")).toEqual(["'self'", GSI(origin)]);
      expect(policy.get("frame-src")).toEqual([GSI(origin)]);
      expect(headers.get("permissions-policy")).toContain(
        `identity-credentials-get=(self "${origin}")`,
      );
    });
  }

  test("with FedCM allows only Google's configuration", async () => {
    const { policy, headers, origin } = await readPolicy({ GOOGLE_SIGN_IN: "fedcm" });
    expect(policy.get("script-src")).toEqual(["'self'"]);
    expect(policy.get("style-src")).toEqual(["'self'"]);
    expect(policy.get("connect-src")).toEqual(["'self'", `${GSI(origin)}fedcm.json`]);
    expect(policy.has("frame-src")).toBe(false);
    expect(headers.get("permissions-policy")).toContain("identity-credentials-get=(self),");
  });

  test("is equally strict elsewhere for every method", async () => {
    for (const env of [...SCRIPT_WAYS, { GOOGLE_SIGN_IN: "fedcm" }]) {
      const { policy, headers } = await readPolicy(env);
      expect(policy.get("default-src")).toEqual(["'none'"]);
      expect(policy.get("form-action")).toEqual(["'self'"]);
      expect(policy.get("base-uri")).toEqual(["'none'"]);
      expect(policy.get("frame-ancestors")).toEqual(["'none'"]);
      expect([...policy.values()].flat().join(" ")).not.toMatch(
        /unsafe|\*(?!\.googleusercontent)|data:/,
      );
      expect(headers.get("cross-origin-opener-policy")).toBe("same-origin-allow-popups");
      expect(headers.get("permissions-policy")).toContain("camera=()");
    }
  });

  async function readPolicy(env: Environment) {
    const { app, google } = await createFoyer(env);
    const { headers } = await app.handle(new Request("http://localhost/spa"));
    const directives = (headers.get("content-security-policy") ?? "").split("; ");
    const policy = new Map(
      directives.map((directive) => {
        const [name = "", ...sources] = directive.split(" ");
        return [name, sources];
      }),
    );
    return { policy, headers, origin: google.origin };
  }
});
