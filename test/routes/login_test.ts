import { describe, expect, test } from "bun:test";

import { hashToken } from "../../src/auth/token.ts";
import { PATHS } from "../../src/paths.ts";
import { one, parseResponse } from "../dom.ts";
import { ADA, createFoyer, EDSGER, type Foyer, GRACE, KATHERINE, setDisabled } from "../fixture.ts";
import { codeOf, type Visitor } from "../visitor.ts";

describe("POST /auth/login", () => {
  test("signs in: name, cookie, event", async () => {
    const visitor = (await createFoyer()).visitor();
    const response = await visitor.signIn(ADA);
    expect(response.status).toBe(200);
    expect(response.headers.get("hx-trigger")).toBe("LoginStatusChange");
    expect(response.headers.get("cache-control")).toBe("no-store");
    const [cookie = "", ...more] = response.headers.getSetCookie();
    expect(more).toEqual([]);
    expect(cookie).toMatch(
      /^session_id=[\w-]{43}; Max-Age=604800; Path=\/; HttpOnly; SameSite=Lax$/,
    );
    expect(await response.json()).toEqual({ Authenticated_as: "Ada Lovelace" });
    expect(await visitor.status()).toBe(200);
  });

  test("uses the cookie names for https, and signs in and out there", async () => {
    const foyer = await createFoyer({ ORIGIN: "https://app.example.com" });
    const visitor = foyer.visitor();
    const response = await visitor.signIn(ADA);
    expect(response.headers.getSetCookie()[0]).toMatch(
      /^__Host-Http-session_id=[\w-]{43}; Max-Age=604800; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
    );
    expect([...visitor.cookies.keys()].sort()).toEqual([
      "__Host-Http-session_id",
      "__Host-Http-sign_in",
    ]);
    expect(await visitor.status()).toBe(200);
    await visitor.post(PATHS.logout);
    expect([...visitor.cookies.keys()]).toEqual(["__Host-Http-sign_in"]);
  });

  test("answers 50 posts of one credential at once with one session", async () => {
    const foyer = await createFoyer();
    const visitor = foyer.visitor();
    const credential = await visitor.credential(ADA);
    const clones = Array.from({ length: 50 }, () => visitor.clone());
    const responses = await Promise.all(
      clones.map((clone) => clone.post(PATHS.login, { credential })),
    );
    const refused = responses.filter((response) => response.status !== 200);
    expect(responses.length - refused.length).toBe(1);
    expect(new Set(await Promise.all(refused.map(codeOf)))).toEqual(new Set(["nonce_reused"]));
    expect(clones.filter((clone) => clone.sessionToken !== "")).toHaveLength(1);
  });

  test("identifies a user by sub: another address is the same user", async () => {
    const foyer = await createFoyer();
    const visitor = foyer.visitor();
    await visitor.signIn(ADA);
    const before = await userOf(foyer, visitor.sessionToken);
    await visitor.post(PATHS.logout);
    await visitor.signIn(ADA, { claims: { email: "ada@new.example", name: "Countess" } });
    const after = await userOf(foyer, visitor.sessionToken);
    expect(after).toMatchObject({ id: before.id, email: "ada@new.example", name: "Countess" });
  });

  test("identifies a user by sub: another sub with the same address is another user", async () => {
    const foyer = await createFoyer();
    const [first, second] = [foyer.visitor(), foyer.visitor()];
    await first.signIn(ADA);
    await second.signIn(ADA, { claims: { sub: "200" } });
    const ids = await Promise.all(
      [first, second].map(async (v) => (await userOf(foyer, v.sessionToken)).id),
    );
    expect(new Set(ids).size).toBe(2);
  });

  test("ends the browser's old session, and begins a new one", async () => {
    const visitor = (await createFoyer()).visitor();
    await visitor.signIn(ADA);
    const old = visitor.clone();
    // The navigation bar of members has no nonce, so this nonce comes from another tab.
    const anonymous = visitor.clone();
    anonymous.cookies.delete("session_id");
    const credential = await anonymous.credential(GRACE);
    const response = await visitor.post(PATHS.login, { credential });
    expect(await response.json()).toEqual({ Authenticated_as: "Grace Hopper" });
    expect(await visitor.status()).toBe(200);
    expect(await old.status()).toBe(401);
  });

  test("refuses a disabled user, and their open session shows why", async () => {
    const foyer = await createFoyer();
    const visitor = foyer.visitor();
    await visitor.signIn(ADA);
    const { id } = await userOf(foyer, visitor.sessionToken);
    expect(await setDisabled(foyer, { userId: id, isDisabled: true })).toBe("done");
    expect(await visitor.status()).toBe(403);
    const again = foyer.visitor();
    const response = await again.signIn(ADA);
    expect(response.status).toBe(403);
    expect(await codeOf(response)).toBe("user_disabled");
    expect(await setDisabled(foyer, { userId: id, isDisabled: false })).toBe("done");
    // An ended session never lives again.
    expect(await visitor.status()).toBe(401);
    expect((await again.signIn(ADA)).status).toBe(200);
  });

  const ADMISSION: [who: typeof ADA, env: Record<string, string>, code: string | null][] = [
    [ADA, {}, null],
    [EDSGER, {}, null],
    [KATHERINE, { GOOGLE_HOSTED_DOMAIN: "orbit.example" }, null],
    [ADA, { GOOGLE_HOSTED_DOMAIN: "orbit.example" }, "domain_not_allowed"],
    [ADA, { ALLOWED_EMAILS: "ada.lovelace@gmail.com" }, null],
    [GRACE, { ALLOWED_EMAILS: "ada.lovelace@gmail.com" }, "email_not_allowed"],
    [EDSGER, { ALLOWED_EMAILS: "edsger@elsewhere.example" }, "email_not_allowed"],
  ];
  for (const [who, env, code] of ADMISSION) {
    test(`admits or not: ${who.email} under ${JSON.stringify(env)} → ${code ?? "in"}`, async () => {
      const response = await (await createFoyer(env)).visitor().signIn(who);
      expect(response.status).toBe(code ? 403 : 200);
      if (code) expect(await codeOf(response)).toBe(code);
    });
  }

  test("logs, and does not tell the person, that Google is not authoritative for a listed address", async () => {
    const foyer = await createFoyer({ ALLOWED_EMAILS: EDSGER.email });
    const text = await (await foyer.visitor().signIn(EDSGER)).text();
    expect(foyer.logLines.join("\n")).toContain("Google is not authoritative");
    expect(text).not.toContain("authoritative");
  });
});

describe("POST /auth/logout for the content of our page", () => {
  const FOR_CONTENT = { "hx-request": "true", "hx-target": "main#content_section" };

  const signOutAt = (visitor: Visitor, path: string) =>
    visitor.send(PATHS.logout, {
      method: "POST",
      headers: { ...FOR_CONTENT, "hx-current-url": `http://localhost${path}` },
    });

  test("says goodbye, at the address of the front page, with a link to the page left", async () => {
    const visitor = (await createFoyer()).visitor();
    await visitor.signIn(ADA);
    const response = await signOutAt(visitor, "/spa/content.secret1?from=1");
    expect(response.status).toBe(200);
    expect(response.headers.get("hx-push-url")).toBe("/spa");
    expect(response.headers.get("hx-trigger")).toBe("LoginStatusChange");
    expect(response.headers.get("cache-control")).toBe("no-store");
    expect(visitor.sessionToken).toBe("");
    const page = await parseResponse(response);
    expect(one(page, "title").textContent).toBe("You are signed out · Foyer");
    const card = one(page, "main#content_section .card");
    expect(card.textContent).toContain("See you soon, Ada. On a shared computer, also sign out");
    const links = [...card.querySelectorAll("a")].map((link) => link.getAttribute("href"));
    expect(links).toContain("/spa/content.secret1");
    expect(links).toContain("/spa");
    // After the next sign-in, the front page loads there.
    expect(one(page, "main").getAttribute("hx-get")).toBe("/htmx/content.top");
  });

  test("adds no second entry of the front page to the history", async () => {
    const visitor = (await createFoyer()).visitor();
    await visitor.signIn(ADA);
    const { headers } = await signOutAt(visitor, "/spa");
    expect(headers.get("hx-push-url")).toBeNull();
    expect(headers.get("hx-replace-url")).toBe("/spa");
  });

  const PLACES = ["/spa", "/spa/nothing", "/elsewhere", "/spa/<script>", ""];
  for (const path of PLACES) {
    test(`has no link back to "${path}"`, async () => {
      const visitor = (await createFoyer()).visitor();
      await visitor.signIn(ADA);
      const page = await parseResponse(await signOutAt(visitor, path));
      expect(page.body.textContent).not.toContain("Go back to");
    });
  }

  test("says it again when the session is over already", async () => {
    const visitor = (await createFoyer()).visitor();
    const page = await parseResponse(await signOutAt(visitor, "/spa"));
    expect(one(page, ".card h1 + p").textContent).toStartWith("See you soon. On a");
  });
});

describe("POST /auth/logout", () => {
  test("ends the session and clears its cookie, not the sign-in cookie", async () => {
    const visitor = (await createFoyer()).visitor();
    await visitor.signIn(ADA);
    const thief = visitor.clone();
    const response = await visitor.post(PATHS.logout);
    expect(response.status).toBe(200);
    expect(response.headers.get("hx-trigger")).toBe("LoginStatusChange");
    expect(response.headers.getSetCookie()).toEqual([
      "session_id=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax",
    ]);
    expect(await response.text()).toBe("");
    expect(await thief.status()).toBe(401);
    expect([...visitor.cookies.keys()]).toEqual(["sign_in"]);
  });

  for (const cookie of [
    "",
    "session_id=",
    "session_id=[1]",
    "session_id=%00",
    `session_id=${"A".repeat(43)}`,
  ]) {
    test(`answers 200 to any request: cookie "${cookie}"`, async () => {
      const foyer = await createFoyer();
      const response = await foyer
        .visitor()
        .send(PATHS.logout, { method: "POST", headers: cookie ? { cookie } : {} });
      expect(response.status).toBe(200);
      expect(await response.text()).toBe("");
    });
  }
});

async function userOf({ store }: Foyer, token: string) {
  const session = await store.findSession(hashToken(token));
  if (!session) throw new Error("No session");
  return session.user;
}
