import { describe, expect, test } from "bun:test";

import { googlePath, PATHS } from "../../src/paths.ts";
import { one, parseResponse } from "../dom.ts";
import { ADA, createFoyer, GRACE } from "../fixture.ts";
import { codeOf, type Visitor } from "../visitor.ts";
import { act, createAdminScene, person } from "./admin_scene.ts";

const HOUR_MS = 3_600_000;
const DAY_S = 86_400;

type Claims = Record<string, unknown>;

/** Signs in again in the same browser, with claims of Google's. */
async function signInWith(visitor: Visitor, who: typeof ADA, claims: Claims) {
  return visitor.signIn(who, { nonce: await visitor.anonymousNonce(), claims });
}

describe("what Google says about a sign-in to it", () => {
  /** The line below the device of Grace, as Ada sees it on Grace's page. */
  const lineOf = async (claims: (nowS: number) => Claims, language = "en") => {
    const { ada, grace, graceId, clock } = await createAdminScene();
    await signInWith(grace, GRACE, claims(Math.floor(clock.now / 1000)));
    const headers = { "accept-language": language };
    const page = await ada.fragment(`/htmx/admin?person=${graceId}`, { headers });
    return one(await parseResponse(page), ".rows li[id] p.fine");
  };

  test("is on the page of the person, for administrators", async () => {
    const amr = ["pwd", "mfa", "x-new<b>"];
    const line = await lineOf((nowS) => ({ auth_time: nowS - DAY_S, amr }));
    const text = line.textContent ?? "";
    expect(text).toMatch(/ · Signed in to Google .+ UTC: password, 2-step verification, x-new<b>$/);
    expect(line.querySelectorAll("time")).toHaveLength(3);
    expect(line.querySelector("b")).toBeNull();
  });

  const LINES: [what: string, claims: (nowS: number) => Claims, expected: RegExp | null][] = [
    ["a time alone", (nowS) => ({ auth_time: nowS }), / · Signed in to Google [^:]+:\d\d UTC$/],
    ["methods alone", () => ({ amr: ["hwk"] }), / · Signed in to Google: security key$/],
    ["no method", () => ({ amr: [] }), null],
    ["nothing", () => ({}), null],
  ];
  for (const [what, claims, expected] of LINES) {
    test(`is ${what}`, async () => {
      const text = (await lineOf(claims)).textContent ?? "";
      if (expected === null) expect(text).not.toContain("Google");
      else expect(text).toMatch(expected);
    });
  }

  test("is there in German", async () => {
    const line = await lineOf((nowS) => ({ auth_time: nowS, amr: ["hwk"] }), "de");
    expect(line.textContent).toMatch(/ · Bei Google angemeldet .+: Sicherheitsschlüssel$/);
  });

  test("is in the person's own data", async () => {
    const { visitor, clock } = await createFoyer();
    const ada = visitor();
    const auth_time = Math.floor(clock.now / 1000) - 60;
    await ada.signIn(ADA, { claims: { auth_time, amr: ["hwk"] } });
    const data = await (await ada.send(PATHS.accountExport)).json();
    const authenticatedAt = new Date(auth_time * 1000).toISOString();
    expect(data.sessions).toMatchObject([{ authenticatedAt, amr: ["hwk"] }]);
  });

  test("is refused if it is malformed, and begins no session", async () => {
    const { visitor } = await createFoyer();
    for (const claims of [{ auth_time: "1" }, { auth_time: 1e12 }, { amr: "hwk" }, { amr: [""] }]) {
      const ada = visitor();
      expect(await codeOf(await ada.signIn(ADA, { claims }))).toBe("invalid_credential");
      expect(await ada.status()).toBe(401);
    }
  });
});

const STRONG = { GOOGLE_AUTH_CLAIMS: "true", ADMIN_AMR: "hwk,mfa" };

type Act = (ada: Visitor, graceId: string) => Promise<Response>;

const onGrace =
  (method: string, rest = ""): Act =>
  (ada, graceId) =>
    act(ada, method, person(graceId, rest));

const ACTS: Record<string, Act> = {
  "makes an administrator": onGrace("PUT", "/administrator"),
  disables: onGrace("PUT", "/disabled"),
  "signs out": onGrace("DELETE", "/sessions"),
  invites: (ada) => act(ada, "POST", PATHS.invitations, { email: "x@gmail.com" }),
  "takes the audit log out": (ada) => ada.send(`${PATHS.auditExport}?format=csv`),
  deletes: onGrace("DELETE"),
};

const SEEING = ["/htmx/admin", "/htmx/admin.people", "/htmx/admin.invitations", "/htmx/record"];

describe("with ADMIN_AMR, an administrator", () => {
  const WEAK: [what: string, claims: Claims, title: RegExp][] = [
    ["with a password", { amr: ["pwd"] }, /^This needs a stronger sign-in\./],
    ["with a new method", { amr: ["HWK", "x"] }, /^This needs a stronger sign-in\./],
    ["of whom Google says nothing", {}, /^Google did not say how you signed in\./],
    ["of whom Google says too little", { amr: [] }, /^Google did not say/],
  ];
  for (const [what, claims, title] of WEAK) {
    test(`${what} does nothing, but sees everything`, async () => {
      const { ada, graceId, store, visitor } = await createAdminScene(STRONG);
      await signInWith(ada, ADA, claims);
      const before = await store.findLastSeq();
      for (const send of Object.values(ACTS)) {
        const refused = await send(ada, graceId);
        expect(refused.status).toBe(403);
        const { code, detail } = await refused.json();
        expect(code).toBe("stronger_sign_in_needed");
        expect(detail).toMatch(title);
        expect(detail).toContain("security key or 2-step verification");
      }
      expect(await store.findLastSeq()).toBe(before);
      for (const path of SEEING) expect((await ada.fragment(path)).status).toBe(200);
      // Their own account stays theirs.
      expect((await ada.send(PATHS.accountExport)).status).toBe(200);
      const other = visitor();
      await other.signIn(ADA, { claims });
      expect((await act(other, "DELETE", PATHS.accountSessions)).status).toBe(200);
    });
  }

  for (const amr of [["mfa"], ["pwd", "hwk"], ["x", "hwk", "mfa"]]) {
    test(`who signed in with ${amr.join()} acts`, async () => {
      const { ada, graceId } = await createAdminScene(STRONG);
      await signInWith(ada, ADA, { amr });
      for (const [what, send] of Object.entries(ACTS)) {
        expect([what, (await send(ada, graceId)).status]).toEqual([what, 200]);
      }
    });
  }

  test("is led to sign in again, also by the page of a download", async () => {
    const { ada, graceId } = await createAdminScene(STRONG);
    const headers = {
      "x-signed-in-as": await ada.shownSession(),
      "hx-current-url": "http://localhost/spa/admin",
    };
    const refused = await ada.fragment(person(graceId, "/disabled"), { method: "PUT", headers });
    const href = googlePath("/spa/admin", { account: "same" });
    expect((await refused.json()).step).toEqual({ label: "Sign in again", href });
    const download = { headers: { "sec-fetch-mode": "navigate" } };
    const page = await parseResponse(await ada.send(`${PATHS.auditExport}?format=csv`, download));
    expect(one(page, "h1").textContent).toBe("Google did not say how you signed in");
    const links = [...page.querySelectorAll("main a.button")].map((link) =>
      link.textContent?.trim(),
    );
    expect(links).toEqual(["Sign in again", "Open Google account"]);
  });

  test("who is strong is still asked for a recent sign-in", async () => {
    const { ada, graceId, clock } = await createAdminScene({ ...STRONG, SESSION_MAX_AGE: "7200" });
    await signInWith(ada, ADA, { amr: ["hwk"] });
    clock.pass(HOUR_MS);
    const refused = await act(ada, "PUT", person(graceId, "/administrator"));
    expect(await codeOf(refused)).toBe("recent_sign_in_needed");
  });
});
