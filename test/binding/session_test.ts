import { describe, expect, test } from "bun:test";

import { PATHS } from "../../src/paths.ts";
import { BOUND, createDeviceKey } from "../dbsc_browser.ts";
import { ADA, type Foyer, GRACE } from "../fixture.ts";
import { codeOf, type Visitor } from "../visitor.ts";
import { BOUND_AGE_MS, browserOf, createBindingFoyer, GRACE_MS, ORIGIN } from "./scene.ts";

/** Who has copied the session cookie, and not the bound one. */
function thiefOf(visitor: Visitor): Visitor {
  const thief = visitor.clone();
  thief.cookies.delete(BOUND);
  return thief;
}

const kinds = async ({ store }: Foyer) =>
  (await store.listEvents({ limit: 100 })).map(({ kind }) => kind).toReversed();

describe("a session is bound", () => {
  test("to the key that the browser brings after the sign-in", async () => {
    const foyer = await createBindingFoyer();
    const browser = await browserOf(foyer);
    const offer = (await browser.signIn(ADA)).headers.get("secure-session-registration");
    expect(offer).toMatch(/^\(ES256 RS256\);path="\/auth\/binding";challenge="[\w-]+\.[\w-]+"$/);
    const answer = await browser.register();
    expect(answer.status).toBe(200);
    expect(answer.headers.get("content-type")).toBe("application/json");
    expect(answer.headers.get("cache-control")).toBe("no-store");
    expect(answer.headers.getSetCookie()).toEqual([
      expect.stringMatching(
        /^__Host-session_bound=[\w-]{43}; Max-Age=600; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
      ),
    ]);
    const { sessionId } = browser;
    expect(answer.headers.get("secure-session-challenge")).toMatch(
      new RegExp(`^"[\\w-]+\\.[\\w-]+";id="${sessionId}"$`),
    );
    expect(await answer.json()).toEqual({
      session_identifier: sessionId,
      refresh_url: "/auth/binding/refresh",
      scope: {
        origin: ORIGIN,
        include_site: false,
        scope_specification: [
          "/assets",
          "/spa",
          "/healthz",
          "/auth/login",
          "/auth/google",
          "/auth/callback",
        ].map((path) => ({ type: "exclude", domain: "foyer.example.com", path })),
      },
      credentials: [
        { type: "cookie", name: BOUND, attributes: "Path=/; Secure; HttpOnly; SameSite=Lax" },
      ],
      allowed_refresh_initiators: [],
    });
    expect(await kinds(foyer)).toEqual(["signed_in", "session_bound"]);
  });

  test("also to an RSA key, and by an answer of Google's page", async () => {
    const foyer = await createBindingFoyer();
    const browser = await browserOf(foyer, await createDeviceKey("RS256"));
    expect((await browser.signInBound(GRACE)).status).toBe(200);
    foyer.clock.pass(BOUND_AGE_MS + GRACE_MS);
    expect((await browser.refresh()).status).toBe(200);
    expect(await browser.visitor.status()).toBe(200);
  });

  for (const env of [{ SESSION_BINDING: "off" }, { ORIGIN: "http://localhost:3000" }]) {
    test(`nowhere under ${JSON.stringify(env)}`, async () => {
      const foyer = await createBindingFoyer(env);
      const browser = await browserOf(foyer);
      const answer = await browser.signIn(ADA);
      expect(answer.headers.get("secure-session-registration")).toBeNull();
      expect((await browser.register()).status).toBe(400);
      expect(await browser.visitor.status()).toBe(200);
    });
  }
});

describe("a bound session", () => {
  test("needs its bound cookie, and gets the next by a proof", async () => {
    const foyer = await createBindingFoyer();
    const browser = await browserOf(foyer);
    await browser.signInBound(ADA);
    const before = browser.visitor.cookies.get(BOUND);
    foyer.clock.pass(BOUND_AGE_MS - 1);
    expect(await browser.visitor.status()).toBe(200);
    const answer = await browser.refresh();
    expect([answer.status, await answer.text()]).toEqual([200, ""]);
    expect(browser.visitor.cookies.get(BOUND)).not.toBe(before);
    foyer.clock.pass(BOUND_AGE_MS - 1);
    expect(await browser.visitor.status()).toBe(200);
  });

  test("is nobody’s without it: 401 elsewhere, Google’s button in the navigation bar", async () => {
    const foyer = await createBindingFoyer();
    const browser = await browserOf(foyer);
    await browser.signInBound(ADA);
    const thief = thiefOf(browser.visitor);
    // What was under way when it was bound is still answered.
    expect(await thief.status()).toBe(200);
    foyer.clock.pass(GRACE_MS);
    const refused = await thief.send(PATHS.isAuthenticated);
    expect([refused.status, await codeOf(refused)]).toEqual([401, "binding_missing"]);
    expect(refused.headers.getSetCookie()).toEqual([]);
    const navbar = await (await thief.fragment(PATHS.navbar)).text();
    expect(navbar).toContain("data-nonce=");
    expect(navbar).not.toContain(ADA.email);
    expect(await browser.visitor.status()).toBe(200);
  });

  test("is not renewed, ended or kept alive by its thief, who is recorded once an hour", async () => {
    const foyer = await createBindingFoyer({ SESSION_MAX_AGE: "3600" });
    const browser = await browserOf(foyer);
    await browser.signInBound(ADA);
    const thief = thiefOf(browser.visitor);
    foyer.clock.pass(1_800_000);
    for (const path of ["/htmx/account", "/htmx/content.secret1", PATHS.navbar, PATHS.enter]) {
      const answer = await thief.fragment(path);
      expect(answer.headers.getSetCookie().filter((line) => line.includes("session"))).toEqual([]);
    }
    await thief.post(PATHS.logout);
    await thief.clone().signIn(GRACE);
    await browser.refresh();
    expect(await browser.visitor.status()).toBe(200);
    const seen = await kinds(foyer);
    expect(seen).toEqual(["signed_in", "session_bound", "binding_missing", "signed_in"]);
    foyer.clock.pass(1_700_000);
    await thiefOf(browser.visitor).status();
    await browser.refresh();
    foyer.clock.pass(100_001);
    expect(await browser.visitor.status()).toBe(401);
  });

  test("keeps its session cookie, and does not fear an old one", async () => {
    const foyer = await createBindingFoyer({ SESSION_MAX_AGE: "600" });
    const browser = await browserOf(foyer);
    await browser.signInBound(ADA);
    const { sessionToken } = browser.visitor;
    for (let count = 0; count < 5; count += 1) {
      foyer.clock.pass(400_000);
      await browser.refresh();
      expect((await browser.visitor.fragment("/htmx/account")).status).toBe(200);
    }
    expect(browser.visitor.sessionToken).toBe(sessionToken);
  });
});
