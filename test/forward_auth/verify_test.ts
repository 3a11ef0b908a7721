import { describe, expect, test } from "bun:test";

import { ADA, createFoyer, type Foyer, GRACE, setDisabled } from "../fixture.ts";
import { codeOf, type Visitor } from "../visitor.ts";
import {
  ACCESS,
  createForwardAuth,
  FOYER,
  GRAFANA,
  guestOf,
  NAVIGATION,
  SETTINGS,
  SHOP,
  signedIn,
  verify,
  WIKI,
} from "./scene.ts";

async function userIdOf({ store }: Foyer, email: string): Promise<string> {
  const [person] = await store.findPeopleByEmail(email);
  if (!person) throw new Error(`Nobody has ${email}`);
  return person.id;
}

describe("GET /auth/verify", () => {
  test("says who visits, and sets no cookie", async () => {
    const foyer = await createForwardAuth();
    const guest = guestOf(await signedIn(foyer, ADA));
    const response = await verify(guest);
    expect(response.status).toBe(200);
    expect(await response.text()).toBe("");
    expect(response.headers.get("x-auth-request-user")).toBe(await userIdOf(foyer, ADA.email));
    expect(response.headers.get("x-auth-request-email")).toBe(ADA.email);
    expect(response.headers.get("x-auth-request-name")).toBe(encodeURIComponent(ADA.name));
    expect(response.headers.get("x-auth-request-admin")).toBe("true");
    expect(response.headers.getSetCookie()).toEqual([]);
    expect(response.headers.get("cache-control")).toBe("no-store");
  });

  test("says a name of any letters in visible ASCII", async () => {
    const foyer = await createForwardAuth();
    const name = "Zoë \r\nX-Auth-Request-Admin: true\u202e王\ud800";
    const guest = guestOf(await signedIn(foyer, { ...GRACE, name }));
    const { headers } = await verify(guest);
    expect(headers.get("x-auth-request-name")).toMatch(/^[\x21-\x7e]+$/);
    expect(decodeURIComponent(headers.get("x-auth-request-name") ?? "")).toContain("Zoë");
    expect(headers.get("x-auth-request-admin")).toBe("false");
  });

  const RULES: [site: string, person: typeof ADA, status: number][] = [
    [WIKI, ADA, 200],
    [WIKI, GRACE, 200],
    [GRAFANA, ADA, 200],
    [GRAFANA, GRACE, 403],
    [SHOP, GRACE, 200],
    [SHOP, ADA, 403],
  ];
  for (const [site, person, status] of RULES) {
    test(`answers ${status} for ${person.email} at ${site}`, async () => {
      const guest = guestOf(await signedIn(await createForwardAuth(), person));
      const response = await verify(guest, { site });
      expect(response.status).toBe(status);
      expect(response.headers.has("x-auth-request-user")).toBe(status === 200);
      if (status === 403) expect(await codeOf(response)).toBe("site_not_allowed");
    });
  }

  const UNKNOWN: (string | null)[] = [
    null,
    "",
    "https://evil.example",
    "https://wiki.example.com.evil.example",
    "https://wiki.example.com/",
    "https://WIKI.example.com",
    "http://wiki.example.com",
    "https://wiki.example.com:443",
    "https://wiki.example.com, https://grafana.example.com",
    "wiki.example.com",
    "null",
    FOYER,
  ];
  for (const site of UNKNOWN) {
    test(`refuses everybody where the proxy says ${site ?? "nothing"}`, async () => {
      const foyer = await createForwardAuth();
      for (const visitor of [foyer.visitor(), await signedIn(foyer, ADA)]) {
        const response = await verify(visitor, { site, headers: NAVIGATION });
        expect(response.status).toBe(403);
        expect(response.headers.has("x-auth-request-user")).toBe(false);
      }
    });
  }

  test("does not believe a client's own words about the host", async () => {
    const foyer = await createForwardAuth();
    const guest = guestOf(await signedIn(foyer, GRACE));
    const headers = { "x-forwarded-host": "wiki.example.com", "x-forwarded-proto": "https" };
    expect((await verify(guest, { site: GRAFANA, uri: `${WIKI}/`, headers })).status).toBe(403);
  });

  test("counts as activity, and renews nothing", async () => {
    const foyer = await createForwardAuth();
    const visitor = await signedIn(foyer, ADA);
    const guest = guestOf(visitor);
    for (let minute = 0; minute < 30; minute += 5) {
      foyer.clock.pass(300_000);
      expect((await verify(guest)).headers.getSetCookie()).toEqual([]);
    }
    // Nobody has used Foyer itself meanwhile.
    expect(await visitor.status()).toBe(200);
    foyer.clock.pass(601_000);
    expect((await verify(guest)).status).toBe(401);
  });

  test("takes back access with the next request", async () => {
    const foyer = await createForwardAuth();
    const visitor = await signedIn(foyer, GRACE);
    const guest = guestOf(visitor);
    const userId = await userIdOf(foyer, GRACE.email);
    await setDisabled(foyer, { userId, isDisabled: true });
    const disabled = await verify(guest);
    expect([disabled.status, await codeOf(disabled)]).toEqual([403, "user_disabled"]);
    await setDisabled(foyer, { userId, isDisabled: false });
    // Disabling ends sessions for good.
    expect((await verify(guest)).status).toBe(401);
    const again = await signedIn(foyer, GRACE);
    expect((await verify(guestOf(again))).status).toBe(200);
    await again.post("/auth/logout");
    expect((await verify(guestOf(again))).status).toBe(401);
  });

  test("follows a policy that has changed", async () => {
    const foyer = await createForwardAuth();
    const guest = guestOf(await signedIn(foyer, GRACE));
    const stricter = await createFoyer(
      { ...SETTINGS, ALLOWED_EMAILS: ADA.email },
      { store: foyer.store, clock: foyer.clock },
    );
    const later = stricter.visitor();
    for (const [name, value] of guest.cookies) later.cookies.set(name, value);
    expect((await verify(later)).status).toBe(401);
  });
});

describe("the access cookie", () => {
  test("is for the whole domain, and for nothing of Foyer’s", async () => {
    const foyer = await createForwardAuth();
    const visitor = foyer.visitor();
    const lines = (await visitor.signIn(ADA)).headers.getSetCookie();
    const [session = "", access = ""] = ["__Host-Http-session_id=", `${ACCESS}=`].map((start) =>
      lines.find((line) => line.startsWith(start)),
    );
    expect(session).not.toContain("Domain");
    for (const part of ["Domain=example.com", "HttpOnly", "Secure", "SameSite=Lax", "Path=/"]) {
      expect(access).toContain(part);
    }
    expect(access).toContain("Max-Age=604800");
    const value = visitor.cookies.get(ACCESS) ?? "";
    expect(value).not.toBe(visitor.sessionToken);
    const thief = foyer.visitor();
    thief.cookies.set(ACCESS, value);
    for (const name of ["__Host-Http-session_id", "session_id"]) thief.cookies.set(name, value);
    expect(await thief.status()).toBe(401);
    expect((await thief.fragment("/htmx/account")).status).toBe(401);
    expect((await verify(thief)).status).toBe(200);
  });

  test("is the only one that counts where there is one", async () => {
    const foyer = await createForwardAuth();
    const visitor = await signedIn(foyer, ADA);
    visitor.cookies.delete(ACCESS);
    expect((await verify(visitor)).status).toBe(401);
    visitor.cookies.set(ACCESS, visitor.sessionToken);
    expect((await verify(visitor)).status).toBe(401);
  });

  test("is cleared with the session, by every way out", async () => {
    const foyer = await createForwardAuth();
    const ways: ((visitor: Visitor) => Promise<Response>)[] = [
      (visitor) => visitor.post("/auth/logout"),
      (visitor) => visitor.post("/auth/sign_out"),
      async (visitor) =>
        visitor.fragment("/account", {
          method: "DELETE",
          headers: { "x-signed-in-as": await visitor.shownSession() },
        }),
    ];
    for (const leave of ways) {
      const visitor = await signedIn(foyer, GRACE);
      const guest = guestOf(visitor);
      const lines = (await leave(visitor)).headers.getSetCookie();
      const access = lines.find((line) => line.startsWith(`${ACCESS}=`)) ?? "";
      expect(access).toContain("Max-Age=0");
      expect(access).toContain("Domain=example.com");
      expect((await verify(guest)).status).toBe(401);
    }
  });

  test("is not there without COOKIE_DOMAIN, where only Foyer’s own host is served", async () => {
    const own = `${FOYER}:8443`;
    const foyer = await createFoyer({ ORIGIN: FOYER, FORWARD_AUTH_ORIGINS: `${own} members` });
    const visitor = await signedIn(foyer, ADA);
    expect(visitor.cookies.has(ACCESS)).toBe(false);
    foyer.clock.pass(400_000);
    const response = await verify(visitor, { site: own });
    expect(response.status).toBe(200);
    // A page of Foyer's would offer the next token now.
    expect(response.headers.getSetCookie()).toEqual([]);
    expect((await visitor.fragment("/htmx/account")).headers.getSetCookie()).toHaveLength(1);
    expect((await verify(visitor, { site: own })).status).toBe(200);
  });
});
