import { describe, expect, test } from "bun:test";

import { googlePath, PATHS } from "../../src/paths.ts";
import { one, parseResponse } from "../dom.ts";
import { ADA, createFoyer, type Foyer, MALLORY } from "../fixture.ts";
import type { Visitor } from "../visitor.ts";

/** Follows the link and returns the form fields that Google would post. */
async function followLink(foyer: Foyer, visitor: Visitor, path = "/spa/content.secret1") {
  const response = await visitor.send(`${PATHS.google}?return=${encodeURIComponent(path)}`);
  const location = new URL(response.headers.get("location") ?? "");
  const query = Object.fromEntries(location.searchParams);
  const { nonce = "", state = "" } = query;
  const id_token = await visitor.credential(ADA, { nonce });
  return { response, location, query, fields: { id_token, state }, foyer };
}

/** The fields of redirect mode, with the cookie that Google's script sets. */
async function redirectFields(visitor: Visitor) {
  const credential = await visitor.credential(ADA);
  visitor.cookies.set("g_csrf_token", "c5rf");
  return { credential, g_csrf_token: "c5rf", select_by: "btn", state: "/spa/content.secret2" };
}

/** The first post, from Google's site, without cookies. */
function postFromGoogle(foyer: Foyer, fields: Record<string, string>) {
  return foyer.visitor().send(PATHS.callback, {
    method: "POST",
    headers: { "sec-fetch-site": "cross-site", origin: foyer.google.origin },
    body: new URLSearchParams(fields),
  });
}

describe("GET /auth/google", () => {
  test("redirects to Google with a fresh nonce and a state", async () => {
    const foyer = await createFoyer();
    const visitor = foyer.visitor();
    const { response, location, query } = await followLink(foyer, visitor);
    expect(response.status).toBe(303);
    expect(response.headers.get("cache-control")).toBe("no-store");
    expect(visitor.cookies.has("sign_in")).toBe(true);
    expect(location.origin + location.pathname).toBe(`${foyer.google.origin}/o/oauth2/v2/auth`);
    expect(query).toMatchObject({
      client_id: foyer.deps.config.googleClientId,
      redirect_uri: "http://localhost:3000/auth/callback",
      response_type: "id_token",
      response_mode: "form_post",
      scope: "openid email profile",
    });
    expect(query.claims).toBeUndefined();
    const again = await followLink(foyer, visitor);
    expect(again.query.nonce).not.toBe(query.nonce ?? "");
    expect((await fetch(location)).status).toBe(200);
  });

  for (const [site, prompt] of [
    ["same-origin", null],
    ["none", null],
    ["same-site", "select_account"],
    ["cross-site", "select_account"],
    ["", "select_account"],
  ] as const) {
    test(`from "${site}" asks Google for the prompt ${prompt}`, async () => {
      const { visitor } = await createFoyer();
      const headers = { "sec-fetch-site": site };
      const answer = await visitor().send(PATHS.google, { headers });
      const location = new URL(answer.headers.get("location") ?? "");
      expect(location.searchParams.get("prompt")).toBe(prompt);
    });
  }

  test("asks when and how the person signed in to Google, if configured", async () => {
    const foyer = await createFoyer({ GOOGLE_AUTH_CLAIMS: "true" });
    const { query } = await followLink(foyer, foyer.visitor());
    expect(JSON.parse(query.claims ?? "")).toEqual({
      id_token: { auth_time: { essential: true }, amr: { essential: true } },
    });
  });
});

/** How long the fields of Google's forms may be. */
const LONGEST = {
  credential: 8192,
  g_csrf_token: 256,
  id_token: 8192,
  state: 6144,
  select_by: 64,
  error: 256,
};

describe("POST /auth/callback", () => {
  test("from Google's site gets the same form to post from ours, and changes nothing", async () => {
    const foyer = await createFoyer();
    const visitor = foyer.visitor();
    const fields = { ...(await redirectFields(visitor)), evil: `"><script>`, clientId: "x" };
    const response = await postFromGoogle(foyer, fields);
    expect(response.status).toBe(200);
    expect(response.headers.get("cache-control")).toBe("no-store");
    expect(response.headers.getSetCookie()).toEqual([]);
    const page = await parseResponse(response);
    expect(one(page, "form").getAttribute("action")).toBe(PATHS.callback);
    const posted = [...page.querySelectorAll("input")].map((input) => input.getAttribute("name"));
    expect(posted.sort()).toEqual(["credential", "g_csrf_token", "select_by", "state"]);
    expect(one(page, "button").textContent?.trim()).toBe("Continue");
  });

  for (const [name, longest] of Object.entries(LONGEST)) {
    test(`does not post "${name}" again that is longer than ${longest}`, async () => {
      const foyer = await createFoyer();
      const kept = await postFromGoogle(foyer, { [name]: '"'.repeat(longest) });
      expect(kept.status).toBe(200);
      expect(one(await parseResponse(kept), "input").getAttribute("value")).toHaveLength(longest);
      const response = await postFromGoogle(foyer, { [name]: '"'.repeat(longest + 1) });
      expect(response.status).toBe(400);
      const html = await response.text();
      expect(html.length).toBeLessThan(10_000);
      expect(html).not.toContain('""""');
    });
  }

  test("signs in with the link, and returns to the page that the person came from", async () => {
    const foyer = await createFoyer();
    const visitor = foyer.visitor();
    const { fields } = await followLink(foyer, visitor);
    const response = await visitor.post(PATHS.callback, fields);
    expect(response.status).toBe(303);
    expect(response.headers.get("location")).toBe("/spa/content.secret1");
    expect(await visitor.status()).toBe(200);
  });

  test("signs in with redirect mode, and returns to the page in its state", async () => {
    const visitor = (await createFoyer()).visitor();
    const response = await visitor.post(PATHS.callback, await redirectFields(visitor));
    expect(response.status).toBe(303);
    expect(response.headers.get("location")).toBe("/spa/content.secret2");
    expect(await visitor.status()).toBe(200);
  });

  test("never redirects to another site, for any state", async () => {
    for (const state of [
      "//evil.example",
      "https://evil.example",
      "/.//evil.example",
      "/auth/logout",
    ]) {
      const visitor = (await createFoyer()).visitor();
      const fields = { ...(await redirectFields(visitor)), state };
      const response = await visitor.post(PATHS.callback, fields);
      expect(response.headers.get("location")).toBe("/spa");
    }
  });

  test("does not end a session when a cross-site post has no cookie", async () => {
    const foyer = await createFoyer();
    const visitor = foyer.visitor();
    await visitor.signIn(ADA);
    const stranger = foyer.visitor();
    await postFromGoogle(foyer, await redirectFields(stranger));
    expect(await visitor.status()).toBe(200);
  });

  type Spoil = (fields: Record<string, string>, visitor: Visitor) => void;
  const CSRF: [what: string, spoil: Spoil][] = [
    ["no cookie", (_, visitor) => visitor.cookies.delete("g_csrf_token")],
    ["no field", (fields) => delete fields.g_csrf_token],
    ["an empty field", (fields) => Object.assign(fields, { g_csrf_token: "" })],
    [
      "both empty",
      (fields, visitor) => {
        fields.g_csrf_token = "";
        visitor.cookies.set("g_csrf_token", "");
      },
    ],
    ["another field", (fields) => Object.assign(fields, { g_csrf_token: "other" })],
    ["a longer field", (fields) => Object.assign(fields, { g_csrf_token: "c5rfc5rf" })],
  ];
  for (const [what, spoil] of CSRF) {
    test(`refuses g_csrf_token with ${what}, on a page that offers to try again`, async () => {
      const visitor = (await createFoyer()).visitor();
      const fields: Record<string, string> = await redirectFields(visitor);
      spoil(fields, visitor);
      const response = await visitor.post(PATHS.callback, fields);
      expect(response.status).toBe(400);
      const page = await parseResponse(response);
      expect(one(page, "h1").textContent).toBe("This sign-in is too old");
      expect(one(page, "main a.button.main").getAttribute("href")).toBe(googlePath(PATHS.page));
      expect(await visitor.status()).toBe(401);
    });
  }

  const STATES: [what: string, spoil: (state: string) => string][] = [
    ["none", () => ""],
    ["a path alone", () => "/spa"],
    ["no signature", (state) => state.split(".")[0] ?? ""],
    ["another path", (state) => state.replace(/^[^.]+/, Buffer.from("/spa").toString("base64url"))],
    ["a cut signature", (state) => state.slice(0, -2)],
    ["a third part", (state) => `${state}.AAAA`],
  ];
  for (const [what, spoil] of STATES) {
    test(`refuses a state with ${what}`, async () => {
      const foyer = await createFoyer();
      const visitor = foyer.visitor();
      const { fields } = await followLink(foyer, visitor);
      const response = await visitor.post(PATHS.callback, {
        ...fields,
        state: spoil(fields.state),
      });
      expect(response.status).toBe(400);
      expect(await visitor.status()).toBe(401);
    });
  }

  test("refuses another browser's answer, which would sign a victim in as the attacker", async () => {
    const foyer = await createFoyer();
    const { fields } = await followLink(foyer, foyer.visitor());
    const victim = foyer.visitor();
    await victim.nonce();
    expect((await victim.post(PATHS.callback, fields)).status).toBe(400);
    victim.cookies.set("g_csrf_token", "known");
    const planted = { credential: fields.id_token, g_csrf_token: "known" };
    expect((await victim.post(PATHS.callback, planted)).status).toBe(401);
    expect(await victim.status()).toBe(401);
  });

  test("explains in a sentence that the person declined, or the account is refused", async () => {
    const foyer = await createFoyer();
    const visitor = foyer.visitor();
    const { fields } = await followLink(foyer, visitor, "/spa/content.secret1");
    const cancelled = await visitor.post(PATHS.callback, {
      error: "access_denied",
      state: fields.state,
    });
    expect(cancelled.status).toBe(400);
    const page = await parseResponse(cancelled);
    expect(one(page, "h1").textContent).toBe("Sign-in did not finish");
    expect(one(page, "main a.button.main").getAttribute("href")).toBe(
      googlePath("/spa/content.secret1"),
    );
    const nonce = await visitor.nonce();
    const id_token = await visitor.credential(MALLORY, { nonce });
    const refused = await visitor.post(PATHS.callback, { id_token, state: fields.state });
    expect(refused.status).toBe(403);
    const card = one(await parseResponse(refused), "main");
    expect(one(card, "h1").textContent).toBe("Verify your email first");
    expect(one(card, "bdi").textContent).toBe(MALLORY.email);
    const links = [...card.querySelectorAll("a.button")].map((link) => link.getAttribute("href"));
    expect(links).toEqual([
      "https://myaccount.google.com/",
      googlePath("/spa/content.secret1", { account: "another" }),
    ]);
  });

  test("records the sign-in method, and no text from a stranger", async () => {
    const foyer = await createFoyer();
    for (const select_by of ["btn", "fedcm", `x"y`, "a".repeat(41)]) {
      const visitor = foyer.visitor();
      await visitor.post(PATHS.callback, { ...(await redirectFields(visitor)), select_by });
    }
    const linked = foyer.visitor();
    await linked.post(PATHS.callback, (await followLink(foyer, linked)).fields);
    const ways = foyer.logLines
      .map((line) => JSON.parse(line).select_by)
      .filter((way) => way !== undefined);
    expect(ways).toEqual(["btn", "fedcm", "", "", "link"]);
  });
});
