import { describe, expect, test } from "bun:test";

import { openSqlite } from "../../db/sqlite/open_sqlite.ts";
import { createToken, hashToken } from "../../src/auth/token.ts";
import { MACHINE } from "../../src/machine.ts";
import { ADA, createFoyer, type Foyer, GRACE, setDisabled } from "../fixture.ts";
import type { Visitor } from "../visitor.ts";
import {
  ACCESS,
  createForwardAuth,
  GRAFANA,
  guestOf,
  SETTINGS,
  signedIn,
  verify,
  WIKI,
} from "./scene.ts";

const ENTER_WIKI = `/auth/enter?${new URLSearchParams({ return: `${WIKI}/` })}`;
const userOf = (response: Response) => response.headers.get("x-auth-request-user");

async function idOf({ store }: Foyer, email: string): Promise<string> {
  return (await store.findPeopleByEmail(email))[0]?.id ?? "";
}

describe("a thief of the access cookie", () => {
  /** Who holds the value, and tries it under every name that Foyer reads. */
  function thiefOf(foyer: Foyer, victim: Visitor): Visitor {
    const thief = foyer.visitor();
    const names = ["session_id", "sign_in"].flatMap((name) => [name, `__Host-Http-${name}`]);
    for (const name of [...names, ACCESS, "g_csrf_token"]) {
      thief.cookies.set(name, victim.cookies.get(ACCESS) ?? "");
    }
    return thief;
  }

  test("is a stranger at every route of Foyer’s", async () => {
    const foyer = await createForwardAuth();
    const ada = await signedIn(foyer, ADA);
    const [session, id] = [await ada.shownSession(), await idOf(foyer, ADA.email)];
    const routes = foyer.app.routes.filter(({ path }) => path !== "/auth/verify");
    expect(routes.length).toBeGreaterThan(30);
    for (const { method, path } of routes) {
      const visit = {
        method,
        headers: { "hx-request": "true", "x-signed-in-as": session },
        ...(["GET", "HEAD"].includes(method) ? {} : { body: new URLSearchParams({ name: "x" }) }),
      };
      const address = path.replaceAll(/:\w+/g, id);
      const stolen = await thiefOf(foyer, ada).send(address, visit);
      const strange = await foyer.visitor().send(address, visit);
      const where = `${method} ${path}`;
      expect(`${where} ${stolen.status}`).toBe(`${where} ${strange.status}`);
      expect(stolen.headers.get("x-answered-for")).toBeNull();
      const text = await stolen.text();
      for (const own of [ADA.email, ADA.name]) expect(text).not.toContain(own);
    }
    expect(await ada.status()).toBe(200);
    expect((await verify(thiefOf(foyer, ada))).status).toBe(200);
  });

  test("cannot sign its owner out, nor make another of it", async () => {
    const foyer = await createForwardAuth();
    const ada = await signedIn(foyer, ADA);
    for (const path of ["/auth/logout", "/auth/sign_out"]) {
      await thiefOf(foyer, ada).post(path);
    }
    const entered = await thiefOf(foyer, ada).send(ENTER_WIKI);
    expect(entered.headers.get("location")).toStartWith("/spa/enter?");
    expect(entered.headers.getSetCookie()).toEqual([]);
    expect(await ada.status()).toBe(200);
    expect((await verify(guestOf(ada))).status).toBe(200);
  });

  test("gets where its owner may go, for as long as the session lives", async () => {
    const foyer = await createForwardAuth();
    const grace = await signedIn(foyer, GRACE);
    const thief = thiefOf(foyer, grace);
    const statuses = await Promise.all(
      [WIKI, GRAFANA].map(async (site) => (await verify(thief, { site })).status),
    );
    expect(statuses).toEqual([200, 403]);
    await grace.post("/auth/logout");
    expect((await verify(thief)).status).toBe(401);
  });
});

describe("an application that sets the access cookie of its visitors", () => {
  test("makes them the attacker there, until Foyer gives them their own again", async () => {
    const foyer = await createForwardAuth();
    const [ada, mallory] = [await signedIn(foyer, ADA), await signedIn(foyer, GRACE)];
    ada.cookies.set(ACCESS, mallory.cookies.get(ACCESS) ?? "");
    expect(userOf(await verify(guestOf(ada)))).toBe(await idOf(foyer, GRACE.email));
    // In Foyer itself nothing has changed.
    const navbar = await ada.fragment("/auth/auth_navbar");
    expect(navbar.headers.get("x-answered-for")).toContain(await idOf(foyer, ADA.email));
    await ada.send(ENTER_WIKI);
    expect(userOf(await verify(guestOf(ada)))).toBe(await idOf(foyer, ADA.email));
    // The attacker's own access is as before.
    expect(userOf(await verify(guestOf(mallory)))).toBe(await idOf(foyer, GRACE.email));
  });

  test("fixes nothing for the next sign-in: its value is new", async () => {
    const foyer = await createForwardAuth();
    const visitor = foyer.visitor();
    const fixed = createToken(MACHINE.random);
    visitor.cookies.set(ACCESS, fixed);
    await visitor.signIn(ADA);
    expect(visitor.cookies.get(ACCESS)).not.toBe(fixed);
    const attacker = foyer.visitor();
    attacker.cookies.set(ACCESS, fixed);
    expect((await verify(attacker)).status).toBe(401);
  });
});

describe("a session that ends while its access cookie is given", () => {
  const ENDS: [what: string, end: (foyer: Foyer, visitor: Visitor) => unknown][] = [
    ["by signing out", (_, visitor) => visitor.post("/auth/sign_out")],
    [
      "by an administrator, who has only disabled the account for a moment",
      async (foyer) => {
        const userId = await idOf(foyer, GRACE.email);
        for (const isDisabled of [true, false]) await setDisabled(foyer, { userId, isDisabled });
      },
    ],
  ];
  for (const [what, end] of ENDS) {
    test(`stays over ${what}`, async () => {
      const store = openSqlite(":memory:", MACHINE);
      let meanwhile: () => unknown = () => {};
      const setAccess: typeof store.setAccess = async (access) => {
        await meanwhile();
        return store.setAccess(access);
      };
      const foyer = await createFoyer(SETTINGS, { store: { ...store, setAccess } });
      const visitor = await signedIn(foyer, GRACE);
      visitor.cookies.delete(ACCESS);
      meanwhile = () => end(foyer, visitor.clone());
      const answer = await visitor.send(ENTER_WIKI);
      const given = visitor.cookies.get(ACCESS) ?? "";
      expect(given).toHaveLength(43);
      expect(await store.findSessionByAccess(hashToken(given))).toBeNull();
      expect((await verify(guestOf(visitor))).status).toBe(401);
      // It is led to the way in, not around.
      const next = await visitor.send(answer.headers.get("location") ?? "");
      expect(next.headers.get("location")).toStartWith("/spa/enter?");
    });
  }
});

describe("a sign-out that others ask for", () => {
  const FROM: [what: string, headers: Record<string, string>][] = [
    ["another site", { "sec-fetch-site": "cross-site" }],
    ["an application of the same domain", { "sec-fetch-site": "same-site" }],
    ["nobody", { "sec-fetch-site": "cross-site", origin: "null" }],
  ];
  const METHODS = ["POST", "PUT", "DELETE"];
  const shared = createForwardAuth().then(async (foyer) => signedIn(foyer, GRACE));
  for (const [what, headers] of FROM) {
    test(`is refused to ${what}`, async () => {
      const visitor = await shared;
      for (const method of METHODS) {
        const body = new URLSearchParams({ return: `${WIKI}/` });
        const response = await visitor.send("/auth/sign_out", { method, headers, body });
        expect(response.status).toBe(403);
        expect(response.headers.getSetCookie()).toEqual([]);
      }
      for (const method of ["GET", "HEAD"]) {
        expect((await visitor.send("/auth/sign_out", { method, headers })).status).toBe(200);
      }
      expect(await visitor.status()).toBe(200);
      expect((await verify(guestOf(visitor))).status).toBe(200);
    });
  }
});
